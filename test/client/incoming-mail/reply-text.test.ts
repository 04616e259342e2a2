import { expect, test } from 'vitest';
import { visibleAnswer } from '../../../client/incoming-mail/reply-text.ts';
import { processorMs } from '../../support/processor-time.ts';

const quoted = ['张三：', '', '您有2项待办。', 'CS-01 回复“收到”即可'];

test.each<[string, string[]]>([
  [
    'Foxmail',
    [
      '发件人： 督办办公室',
      '发送时间： 2024-03-25 09:00',
      '收件人： zhangsan',
      '主题： 【整改督办】2项待办',
      ...quoted,
    ],
  ],
  [
    'Outlook in Chinese',
    [
      '________________________________',
      '发件人: 督办办公室 <reply@huitoukan.test>',
      '发送时间: 2024年3月25日 9:00',
      '收件人: 张三',
      '主题: 【整改督办】2项待办',
      '',
      ...quoted,
    ],
  ],
  ['Outlook in Chinese, plain', ['-----邮件原件-----', '发件人: 督办办公室', '主题: 待办', '', ...quoted]],
  [
    'Outlook in English',
    ['-----Original Message-----', 'From: Office', 'Sent: Monday, March 25, 2024 9:00 AM', 'To: Zhang', '', ...quoted],
  ],
  [
    'QQ Mail',
    [
      '',
      '',
      '------------------ 原始邮件 ------------------',
      '发件人: "督办办公室" <reply@huitoukan.test>;',
      '发送时间: 2024年3月25日(星期一) 上午9:00',
      ...quoted,
    ],
  ],
  [
    'NetEase on a phone',
    ['---- 回复的原邮件 ----', '发件人 督办办公室<reply@huitoukan.test>', '发送日期 2024年3月25日', ...quoted],
  ],
  ['NetEase on the web', ['在 2024-03-25 09:00:00，"督办办公室" <reply@huitoukan.test> 写道：', '', ...quoted]],
  [
    'NetEase in English',
    ['At 2024-03-25 09:00:00, "督办办公室" <reply@huitoukan.test> wrote:', ...quoted.map((line) => `>${line}`)],
  ],
  [
    'Gmail in Chinese',
    ['督办办公室 <reply@huitoukan.test> 于2024年3月25日周一 09:00写道：', '', ...quoted.map((line) => `> ${line}`)],
  ],
  [
    'Gmail in English, broken over lines',
    [
      'On Mon, Mar 25, 2024 at 9:00 AM 督办办公室',
      '<reply@huitoukan.test> wrote:',
      '',
      ...quoted.map((line) => `> ${line}`),
    ],
  ],
  ['Apple Mail in Chinese', ['2024年3月25日 09:00，督办办公室 <reply@huitoukan.test> 写道：', '', ...quoted]],
  ['Apple Mail in English', ['On 25 Mar 2024, at 09:00, 督办办公室 <reply@huitoukan.test> wrote:', '', ...quoted]],
])('the mail that %s quotes below is not part of the answer', (_, below) => {
  const answer = '已走访3户，\n下周再走访2户。';

  expect(visibleAnswer([answer, '', ...below].join('\r\n'))).toBe(answer);
});

test('what stands between quoted lines is part of the answer', () => {
  const text = ['2024年3月25日 09:00，督办 <a@b.test> 写道：', '> CS-01 何时完成？', '月底。', '> CS-02？', '已完成。'];

  expect(visibleAnswer(text.join('\n'))).toBe('月底。\n已完成。');
});

test.each([
  ['a signature after two dashes', '已完成。\n\n-- \n张三\n农业农村办\n电话 0000', '已完成。'],
  ['a phone that names itself', '已完成。\n\n发自我的iPhone', '已完成。'],
  ['an office program that names itself', '收到\n\n获取 Outlook for iOS', '收到'],
])('%s is cut off', (_, text, answer) => {
  expect(visibleAnswer(text)).toBe(answer);
});

test.each([
  ['a line that only begins like a header', '主题：研究整改\n时间：3月25日\n地点：三楼会议室'],
  ['words about what somebody wrote', '村民在意见簿上写道：\n路灯已修好。'],
  ['a row of dashes between two parts', '一、已完成\n--------\n二、推进中'],
  ['an answer that has more after two dashes than a signature', `一\n--\n${'二\n'.repeat(20)}三`],
])('%s stays', (_, text) => {
  expect(visibleAnswer(text)).toBe(text);
});

test('a mail that is all quote has no visible answer', () => {
  expect(visibleAnswer(`\n------------------ 原始邮件 ------------------\n${quoted.join('\n')}`)).toBe('');
});

test.each([
  ['German', ['Am 25.03.2024 um 09:00 schrieb Amt <a@b.test>:']],
  ['German, name first', ['Amt für Aufsicht <a@b.test> schrieb am Mo., 25.', 'März 2024 um 09:00 Uhr:']],
  ['French', ['Le 25 mars 2024 à 09:00, "Bureau"', '<a@b.test>', 'a écrit :']],
  ['Italian', ['In data 25 marzo 2024 09:00:00 Ufficio <a@b.test> ha scritto:']],
  ['Dutch, verb behind', ['Op 25 mrt. 2024 om 09:00 heeft Bureau <a@b.test> het', 'volgende geschreven:']],
  ['Polish', ['Dnia 25 mar 2024 o godz. 09:00 Biuro <a@b.test> napisał(a):']],
  ['Danish', ['Den 25. mar. 2024 kl. 09.00 skrev Kontor <a@b.test<mailto:a@b.test>>:']],
  ['Vietnamese', ['Vào 09:00 25 tháng 3, 2024, Phòng <a@b.test> đã viết:']],
  ['Hungarian', ['Iroda <a@b.test> ezt írta (időpont: 2024. márc. 25., H, 9:00):']],
  ['a date and an address alone', ['2024-03-25 9:00 GMT+08:00 Office <a@b.test>:']],
  ['a name and an address alone', ['Some Office <a@b.test> wrote:']],
  [
    'an address broken over free lines',
    ['On Mon, Mar 25, 2024 at 9:00 AM Office', '', '<', 'mailto:Office <a@b.test>', '> wrote:'],
  ],
  ['a name between dashes', ['---- 督办办公室 写道 ----']],
])('an attribution in %s begins the quote, with marks of quoting and without', (_, attribution) => {
  for (const mark of ['', '> ']) {
    const text = ['Done.', '', ...attribution, '', ...quoted.map((line) => `${mark}${line}`)];

    expect(visibleAnswer(text.join('\n'))).toBe('Done.');
  }
});

test.each([
  ['a moment and 写道 without a sender', '2024年3月25日 9:00，村民张某来信写道：\n路灯不亮。\n已修复。'],
  ['wrote without a moment', 'On the forum, somebody wrote:\nall is well'],
  ['a moment in one line and 写道 two lines below', '2024-03-25 09:00 复查\n联系人 li@b.test\n村民写道：\n好'],
  ['labels without an address or a date', 'From: the team\nTo: all\nSubject: tomorrow'],
  ['a day, a topic and a place', '时间：2024年3月25日 9:00\n主题：研究整改\n地点：三楼会议室'],
  ['a marker in the middle of a line', '我看了 ---- 回复的原邮件 ---- 里的要求'],
  ['arrows that cite nothing', '请看\n>>> >>>  http://b.test <<<\n上面的链接'],
  ['a comparison at the beginning of a line', '整改率：\n>=90% 的有3个村\n其余下周完成'],
  ['items after two dashes', 'GM-07 已完成\n--\nGM-08 推进中'],
  ['a sentence that begins like a phone’s line', '材料已交\n从 3 月起每周巡查'],
  ['one short quote that the person cites himself', '> 何时完成\n\n月底。'],
  ['a mail that is passed on', '请看下面\n---------- 转发的邮件 ---------\n发件人：li <li@b.test>\n\n路灯已修'],
  ['a list with dashes', '已办：\n\n-Qinghe\n-Lingnan'],
  ['free lines between paragraphs', '一\n\n\n二'],
])('%s is part of the answer', (_, text) => {
  expect(visibleAnswer(text)).toBe(text);
});

test.each([
  ['a list’s footer', 'Fine.\n\n_____________\nvillages mailing list\nvillages@b.test', 'Fine.'],
  ['a name after a dash', 'Fine by me.\n\n-Rick Olson', 'Fine by me.'],
  ['the card of NetEase', '好\n\n| |\n张三\n|\n|\na@b.test\n|\n签名由 网易邮箱大师 定制', '好'],
  ['the address that Foxmail puts above the quote', '好\n\na@b.test\n\n-----原始邮件-----\n旧', '好'],
  [
    'what Outlook puts on a phone, and the quote below it',
    'Ja\n\nGesendet von Outlook für Android<https://b.test>\n\nAlt',
    'Ja',
  ],
  [
    'a signature above the quote, with words below',
    '一\n-- \n张三\n\nOn 3/25/24 9:00, A <a@b.test> wrote:\n> x\n二',
    '一\n\n二',
  ],
])('%s is not part of the answer', (_, text, answer) => {
  expect(visibleAnswer(text)).toBe(answer);
});

test('an attribution in the line of the person’s own words leaves these', () => {
  expect(visibleAnswer('Fine by me. On 25 Mar 2024 at 9:00, A <a@b.test> wrote:\n> x')).toBe('Fine by me.');
});

/** Smaller is measured as this, since the clock's grain would tell more than the reader's work. */
const floorMs = 60;

test.each([
  ['a line', 'a '],
  ['free lines', '\n'],
  ['short lines', '一\n'],
  ['quotes of a line', '一\n> 二\n'],
  ['labels', '发件人：a\n'],
  ['labels with addresses', 'From: a@b 2024-01-01\nDate: 1\n'],
  ['moments', '在 2024年3月25日\n'],
  ['attributions that nothing follows', 'x On 2024 wrote\n'],
  ['addresses that stay open', 'On 2024 at 10:00 x <b@c\n'],
  ['dashes', '-'],
  ['lines of dashes', '--\n'],
  ['blanks in lines', `${' '.repeat(390)}x\n`],
  ['colons', `${'a:'.repeat(190)}\n`],
  ['openers in one line', `${'1 On '.repeat(70)}wrote:\n`],
  ['phones', '发自我的iPhone\n'],
  ['brackets', '<'],
])('a megabyte of %s takes four times as long as a quarter of it, not sixteen times', (_, unit) => {
  // More lines are not read.
  const count = Math.min(unit.includes('\n') ? 20_000 : 2 ** 20, Math.ceil(2 ** 20 / unit.length));
  const text = unit.repeat(count);
  const quarter = unit.repeat(Math.ceil(count / 4));
  visibleAnswer(quarter);

  const quarterMs = Math.max(
    floorMs,
    processorMs(() => visibleAnswer(quarter)),
  );
  expect(processorMs(() => visibleAnswer(text))).toBeLessThan(quarterMs * 9);
});

test('an answer of more lines than are read is kept whole, and so is nothing below a quote that runs to the end', () => {
  const long = Array.from({ length: 30_000 }, (_, index) => `第${String(index)}户已走访`).join('\n');

  expect(visibleAnswer(long)).toBe(long);
  expect(visibleAnswer(`已完成\n\n-----原始邮件-----\n${long}`)).toBe('已完成');
});
