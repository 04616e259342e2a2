import fc from 'fast-check';

/** What every program quotes: our own mail. */
const original = ['张三：', '', '您有2项待办。', 'GM-03 何时完成？', 'GM-04 请交材料'];

interface Quoting {
  readonly name: string;
  /** Below the answer. */
  readonly below: readonly string[];
  /** With marks, the answer may stand between and below the quoted lines as well. */
  readonly marks: 'marked' | 'unmarked';
}

const office = '督办办公室 <reply@huitoukan.test>';
const marked = (...head: string[]): Pick<Quoting, 'below' | 'marks'> => ({
  below: [...head, '', ...original.map((line) => `> ${line}`)],
  marks: 'marked',
});
const bare = (...head: string[]): Pick<Quoting, 'below' | 'marks'> => ({
  below: [...head, '', ...original],
  marks: 'unmarked',
});

/** How programs quote, by program and language. */
const quotings: readonly Quoting[] = [
  { name: 'nothing', below: [], marks: 'unmarked' },
  {
    name: 'Foxmail',
    ...bare(
      'zhang@lingnan.test',
      '',
      '发件人： 督办办公室',
      '发送时间： 2024-03-25 09:00',
      '收件人： zhang',
      '主题： 待办',
    ),
  },
  {
    name: 'Outlook zh',
    ...bare(
      '________________________________',
      `发件人: ${office}`,
      '发送时间: 2024年3月25日 9:00',
      '收件人: 张三',
      '主题: 待办',
    ),
  },
  {
    name: 'Outlook zh-TW',
    ...bare(`寄件者: ${office}`, '寄件日期: 2024年3月25日 上午 09:00', '收件者: 張三', '主旨: 待辦'),
  },
  {
    name: 'Outlook en',
    ...bare(
      '-----Original Message-----',
      `From: ${office}`,
      'Sent: Monday, March 25, 2024 9:00 AM',
      'To: Zhang',
      'Subject: x',
    ),
  },
  {
    name: 'Outlook bold',
    ...bare(`*From:* ${office}`, '*Sent:* Monday, March 25, 2024 9:00 AM', '*To:* Zhang', '*Subject:* x'),
  },
  { name: 'Outlook de', ...bare(`Von: ${office}`, 'Gesendet: Montag, 25. März 2024 09:00', 'An: Zhang', 'Betreff: x') },
  { name: 'Outlook fr', ...bare(`De : ${office}`, 'Envoyé : lundi 25 mars 2024 09:00', 'À : Zhang', 'Objet : x') },
  {
    name: 'Outlook es',
    ...bare(`De: ${office}`, 'Enviado: lunes, 25 de marzo de 2024 9:00', 'Para: Zhang', 'Asunto: x'),
  },
  { name: 'Outlook it', ...bare(`Da: ${office}`, 'Inviato: lunedì 25 marzo 2024 09:00', 'A: Zhang', 'Oggetto: x') },
  {
    name: 'Outlook pt',
    ...bare(`De: ${office}`, 'Enviada em: segunda-feira, 25 de março de 2024 09:00', 'Para: Zhang', 'Assunto: x'),
  },
  {
    name: 'Outlook nl',
    ...bare(`Van: ${office}`, 'Verzonden: maandag 25 maart 2024 09:00', 'Aan: Zhang', 'Onderwerp: x'),
  },
  {
    name: 'Outlook pl',
    ...bare(`Od: ${office}`, 'Wysłano: poniedziałek, 25 marca 2024 09:00', 'Do: Zhang', 'Temat: x'),
  },
  { name: 'Outlook sv', ...bare(`Från: ${office}`, 'Skickat: den 25 mars 2024 09:00', 'Till: Zhang', 'Ämne: x') },
  { name: 'Outlook da', ...bare(`Fra: ${office}`, 'Sendt: 25. marts 2024 09:00', 'Til: Zhang', 'Emne: x') },
  {
    name: 'Outlook fi',
    ...bare(
      `Lähettäjä: ${office}`,
      'Lähetetty: maanantai 25. maaliskuuta 2024 9.00',
      'Vastaanottaja: Zhang',
      'Aihe: x',
    ),
  },
  {
    name: 'Outlook cs',
    ...bare(`Od: ${office}`, 'Odesláno: pondělí 25. března 2024 9:00', 'Komu: Zhang', 'Předmět: x'),
  },
  { name: 'Outlook ru', ...bare(`От: ${office}`, 'Отправлено: 25 марта 2024 г. 9:00', 'Кому: Zhang', 'Тема: x') },
  {
    name: 'QQ',
    ...bare(
      '------------------ 原始邮件 ------------------',
      '发件人: "督办" <reply@huitoukan.test>;',
      '发送时间: 2024年3月25日(星期一) 上午9:00',
    ),
  },
  {
    name: 'QQ en',
    ...bare(
      '------------------ Original ------------------',
      'From: "x" <reply@huitoukan.test>;',
      'Date: Mon, Mar 25, 2024 09:00 AM',
    ),
  },
  {
    name: 'QQ on a phone',
    ...bare('---原始邮件---', '发件人: "督办"<reply@huitoukan.test>', '发送时间: 2024年3月25日(周一) 上午9:00'),
  },
  {
    name: 'NetEase on a phone',
    ...bare('---- 回复的原邮件 ----', '发件人 督办<reply@huitoukan.test>', '发送日期 2024年3月25日 09:00'),
  },
  { name: 'NetEase zh', ...bare('在 2024-03-25 09:00:00，"督办办公室" <reply@huitoukan.test> 写道：') },
  { name: 'NetEase en', ...marked('At 2024-03-25 09:00:00, "Office" <reply@huitoukan.test> wrote:') },
  {
    name: 'Sina',
    ...bare(
      '----- 原始邮件 -----',
      '发件人：reply@huitoukan.test',
      '收件人：zhang@sina.test',
      '日期：2024年03月25日 09点00分',
    ),
  },
  {
    name: 'DingTalk',
    ...bare(
      '------------------------------------------------------------------',
      '发件人：督办<reply@huitoukan.test>',
      '日　期：2024年03月25日 09:00:00',
      '收件人：张三',
      '主　题：待办',
    ),
  },
  {
    name: 'Lark',
    ...bare('发件人: 督办<reply@huitoukan.test>', '日期: 2024年3月25日周一 09:00', '主题: 待办', '收件人: 张三'),
  },
  {
    name: 'Coremail',
    ...bare('-----原始邮件-----', '发件人:"督办" <reply@huitoukan.test>', '发送时间:2024-03-25 09:00:00 (星期一)'),
  },
  {
    name: 'Exchange on a phone',
    ...bare('-------- Original message --------', `From: ${office}`, 'Date: 3/25/24 09:00 (GMT+08:00)'),
  },
  { name: 'Gmail zh', ...marked(`${office} 于2024年3月25日周一 09:00写道：`) },
  { name: 'Gmail zh-TW', ...marked(`${office} 於 2024年3月25日 週一 上午9:00寫道：`) },
  {
    name: 'Gmail en, broken',
    ...marked('On Mon, Mar 25, 2024 at 9:00 AM Supervision Office', '<reply@huitoukan.test> wrote:'),
  },
  { name: 'Gmail de', ...marked('Am Mo., 25. März 2024 um 09:00 Uhr schrieb Office <', 'reply@huitoukan.test>:') },
  { name: 'Gmail fr', ...marked('Le lun. 25 mars 2024 à 09:00, Office <reply@huitoukan.test> a écrit :') },
  { name: 'Gmail es', ...marked('El lun, 25 mar 2024 a las 9:00, Office (<reply@huitoukan.test>)', 'escribió:') },
  {
    name: 'Gmail it',
    ...marked('Il giorno lun 25 mar 2024 alle ore 09:00 Office <reply@huitoukan.test>', 'ha scritto:'),
  },
  { name: 'Gmail pt', ...marked('Em seg., 25 de mar. de 2024 às 09:00, Office <reply@huitoukan.test>', 'escreveu:') },
  { name: 'Gmail nl', ...marked('Op ma 25 mrt 2024 om 09:00 schreef Office <reply@huitoukan.test>:') },
  { name: 'Gmail pl', ...marked('pon., 25 mar 2024 o 09:00 Office <reply@huitoukan.test> napisał(a):') },
  { name: 'Gmail sv', ...marked('Den mån 25 mars 2024 kl 09:00 skrev Office <reply@huitoukan.test>:') },
  { name: 'Gmail no', ...marked('man. 25. mars 2024 kl. 09:00 skrev Office <reply@huitoukan.test>:') },
  { name: 'Gmail fi', ...marked('ma 25. maalisk. 2024 klo 9.00 Office (reply@huitoukan.test) kirjoitti:') },
  { name: 'Gmail cs', ...marked('po 25. 3. 2024 v 9:00 odesílatel Office <reply@huitoukan.test> napsal:') },
  { name: 'Gmail ru', ...marked('пн, 25 мар. 2024 г. в 09:00, Office <reply@huitoukan.test>:') },
  { name: 'Apple zh', ...bare('2024年3月25日 09:00，督办办公室 <reply@huitoukan.test> 写道：') },
  { name: 'iPhone zh', ...marked('在 2024年3月25日，09:00，督办办公室 <reply@huitoukan.test> 写道：') },
  { name: 'Apple en', ...marked('On 25 Mar 2024, at 09:00, Office <reply@huitoukan.test> wrote:') },
  { name: 'Apple de', ...marked('Am 25.03.2024 um 09:00 schrieb Office <reply@huitoukan.test>:') },
  { name: 'Thunderbird zh', ...marked('在 2024/3/25 9:00, 督办办公室 写道:') },
  { name: 'Thunderbird en', ...marked('On 3/25/24 09:00, Office wrote:') },
  { name: 'Thunderbird pl', ...marked('W dniu 25.03.2024 o 09:00, Office pisze:') },
  { name: 'Yahoo', ...bare('On Monday, March 25, 2024, 09:00:00 AM GMT+8, Office <reply@huitoukan.test> wrote:') },
  {
    name: 'Gmail zh-TW, broken',
    ...marked('督辦辦公室 <reply@huitoukan.test> 於 2024年3月25日 週一', '上午9:00寫道：'),
  },
  { name: 'Gmail zh, broken', ...bare('督办办公室 <reply@huitoukan.test>', '于2024年3月25日周一 09:00写道：') },
  {
    name: 'iPhone zh, broken',
    ...marked('在 2024年3月25日，上午9:00，', '督办办公室', '<reply@huitoukan.test> 写道：'),
  },
  { name: 'Foxmail of old', ...bare('======= 2024-03-25 09:00:00 您在来信中写道：=======') },
  { name: 'GroupWise', ...bare('>>> 督办 <reply@huitoukan.test> 2024-03-25 9:00 >>>') },
  {
    name: 'Notes',
    ...bare('督办 <reply@huitoukan.test>', '2024-03-25 09:00', '', 'To', '张三', 'cc', '', 'Subject', '待办'),
  },
  { name: '139', ...bare('----邮件原文----', '发件人：督办 <reply@huitoukan.test>', '发送时间：2024-03-25 09:00:00') },
  {
    name: 'QQ, a rule and words',
    ...bare(
      '------------------',
      '',
      '原始邮件',
      '',
      '发件人：督办<reply@huitoukan.test>',
      '发件时间：2024年3月25日 09:00',
    ),
  },
  { name: 'Zoho', ...bare('---- On Mon, 25 Mar 2024 09:00:00 +0800 reply@huitoukan.test wrote ----') },
];

const signatures: readonly (readonly string[])[] = [
  [],
  ['-- ', '张三', '岭南镇农业农村办', '电话：0757-0000000'],
  ['--', 'Zhang San', 'zhang@lingnan.test'],
  ['发自我的iPhone'],
  ['发自我的企业微信'],
  ['来自 网易邮箱大师'],
  ['Sent from my iPhone'],
  ['Get Outlook for iOS<https://aka.test/o0ukef>'],
  ['Von meinem iPhone gesendet'],
  ['Envoyé de mon iPhone'],
  ['Enviado desde mi iPhone'],
  ['Inviato da iPhone'],
  ['来自 钉钉邮箱'],
  ['从 Windows 版邮件发送'],
  ['| |', '张三', '|', '|', 'zhang@163.test', '|'],
  ['__________', '张三', '岭南镇农业农村办', '电话：0757-0000000'],
];

/** What people write, with all that resembles a quote. */
const answerLines = [
  '已走访3户，下周再走访2户。',
  'GM-07 已完成，材料见附件',
  'GM-08：推进中，预计 2024年4月30日前完成',
  '1. 路灯已修好',
  '2、台账已建立',
  '一、已召开村民会议',
  '- 第一项：清淤',
  '- 第二项：补种',
  '村民在意见簿上写道：',
  '张三在2024年3月20日的会上写道“已整改”。',
  '2024年3月25日 9:00 现场核查',
  '2024-03-25 09:00 复查通过',
  '整改率 90% > 80%，a > b',
  '发件人一栏写的是镇政府。',
  '主题：研究整改',
  '时间：3月25日上午',
  '原始邮件我已看过。',
  '来自群众的意见有3条。',
  '从 3 月起每周巡查。',
  'As the auditor wrote: it is done.',
  'On Monday we begin with part two.',
  'On the forum, somebody wrote:',
  'From: the team of the village',
  'We sent it on 25 March 2024.',
  'Date and place are known.',
  'Am Montag schrieb ich schon, dass es fertig ist.',
  'Le 25 mars nous avons fini.',
  '联系人 li@lingnan.test，电话 0757-0000000',
  '请联系 李四 <li@lingnan.test>',
  '会上书记写道：抓紧整改。',
  '收件人：各村委会',
  '签字：____________',
  '本邮件仅供参考，正式材料另寄。',
  '谢谢！',
  '此致',
  '',
];

export interface ComposedMail {
  readonly name: string;
  readonly body: string;
  readonly answer: string;
}

/** An answer above, below or between what a program quotes, with a signature; and what should come out. */
export const composedMails: fc.Arbitrary<ComposedMail> = fc
  .record({
    words: fc.array(fc.constantFrom(...answerLines), { minLength: 1, maxLength: 7 }),
    quoting: fc.constantFrom(...quotings),
    signature: fc.constantFrom(...signatures),
    place: fc.constantFrom('above', 'above', 'above', 'below', 'between'),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    freeLines: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ words, quoting, signature, place, lineEnd, freeLines }) => {
    const answer = words.join('\n').trim() || '收到';
    const free = Array.from({ length: freeLines }, () => '');
    const signed = signature.length > 0 ? ['', ...signature] : [];
    const where = quoting.marks === 'marked' ? place : 'above';
    const lines = {
      above: [answer, ...signed, ...free, ...quoting.below],
      below: [...quoting.below, ...free, answer, ...signed],
      between: [...quoting.below.slice(0, -1), '', answer, '', quoting.below.at(-1) ?? '', '', '以上。', ...signed],
    }[where];
    return {
      name: `${quoting.name}, ${where}`,
      body: lines.join('\n').replace(/\n/g, lineEnd),
      answer: where === 'between' ? `${answer}\n\n以上。` : answer,
    };
  });
