import type { OpenedMail } from './open-mail.ts';

/** Headers whose mere presence says that a program answered (QQ, Exchange, vacation programs). */
const tellingHeaders = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-auto-reply',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-qq-holidayreply',
  'x-vacation',
  'x-ms-exchange-inbox-rules-loop',
];
const automaticPrecedence = /^(auto[-_]?reply|bulk|junk)\b/i;

/** Titles that programs give, in Chinese and the languages of Outlook and Lotus Notes. */
const automaticSubject = new RegExp(
  '^[[(【（]?\\s*(?:' +
    [
      '自动回复|自动答复|自动应答|自動回覆|自動回應|自動回復|假期自动|休假自动|假期回复|外出自动|不在办公室(?=[:：（(]|\\s*$)|外出[:：]',
      'auto(?:matic|mated)?[- ]?(?:reply|response|answer)|autoreply|autoresponse|out of (?:the )?office|ooo[:：]|vacation (?:reply|notice|response)',
      'away from (?:the |my )?office|is out of the office',
      '退信|系统退信|邮件(?:发送|投递)失败|undeliver|mail delivery (?:failed|subsystem)|delivery status notification|returned mail',
      '已读[:：]|已讀[:：]|未读[:：]|read[:：]|not read[:：]|gelesen[:：]|ungelesen[:：]|lu[:：]|leído[:：]|letto[:：]|lido[:：]|gelezen[:：]|läst[:：]|przeczytano[:：]|прочитано[:：]',
      'automatische antwort|abwesenheit(?:snotiz|sassistent|smeldung|sbenachrichtigung|[:：])|réponse automatique|absence du bureau|respuesta automática|fuera de (?:la )?oficina',
      'risposta automatica|fuori (?:sede|ufficio)|resposta automática|automatisch antwoord|afwezigheids|automatiskt svar|frånvaro(?:meddelande|[:：])|automatisk svar|automatisk besvarelse|fravær(?:s|[:：])',
      'automaattinen vastaus|poissa[:：]|odpowiedź automatyczna|autoodpowiedź|automatická odpověď|automatická odpoveď|автоответ|автоматический ответ|automatikus válasz|otomatik yanıt',
    ].join('|') +
    ')',
  'i',
);
/** Notes writes `… is out of the office (returning 2024-03-25)` behind the name. */
const absentInSubject =
  /\b(?:is|will be|am) (?:currently )?out of (?:the )?office\b|不在办公室[（(]?.{0,30}(?:返回|回来)/i;

/** What only a program begins a mail with. */
const automaticBody = new RegExp(
  '^\\s*(?:[^，,。\\n]{0,20}(?:您好|你好|hello|hi|dear sender)[,，!！。:：\\s]*)?(?:' +
    [
      '这是(?:一封)?(?:来自)?\\s*.{0,12}(?:的)?(?:假期|系统|邮件系统)?自动(?:回复|答复)',
      '(?:此|本)(?:邮件|信)(?:为|是|系)(?:系统|邮箱|程序)?(?:的)?自动(?:回复|发送|发出|生成)',
      '[【[（(](?:自动回复|自动答复|系统自动回复)[】\\]）)]',
      '(?:系统)?自动(?:回复|答复|回复邮件)[:：，]',
      'this is an? (?:auto(?:matic|mated)?(?:ally generated)?[- ]?(?:reply|response|message|e?-?mail))',
      'dies ist eine automatische? (?:antwort|nachricht|abwesenheit)|ceci est (?:une réponse|un message) automatique|este es un mensaje automático',
      'questo è un messaggio automatico|esta é uma (?:resposta|mensagem) automática|dit is een automatisch|это автоматический ответ',
    ].join('|') +
    ')',
  'i',
);

/** What a person who is away lets his program say; a person does not write it and then answers the question. */
const absentBody =
  /(?:您|你)的(?:来信|邮件|来件)(?:我)?(?:已|已经)?(?:收到|收悉).{0,60}(?:休假|出差|外出|不在(?:办公室|岗|单位)).{0,80}(?:回复|联系|返回)|(?:我|本人)(?:目前|现|现在|正)?(?:正在|在)?(?:休[年病产婚事]?假|出差|外出|产假|病假)[^。]{0,40}(?:期间|中|至|，).{0,80}(?:无法|不能|不便|暂时)(?:及时)?(?:回复|处理|查看|收发)|i (?:am|will be) (?:currently )?(?:out of (?:the )?office|on (?:annual |sick |parental )?leave|on vacation|on holiday).{0,200}(?:limited|no) access to (?:my )?e-?mail/is;

const programs =
  /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|auto-?(?:reply|responder|confirm)|bounces?|listserv|majordomo)(\+.*)?@|\+auto_|-(?:bounces|noreply)@/i;
const longestNotice = 600;

/**
 * Why a mail was not written by a person but by a program (RFC 3834, RFC 8098, RFC 5965, RFC 2919, and the habits of QQ,
 * NetEase, Exchange, Notes and others); undefined when nothing says so. Such a mail is never answered.
 */
export function automaticBecause(mail: OpenedMail): string | undefined {
  return saidByHeaders(mail) ?? saidByWords(mail);
}

function saidByHeaders({ headers, fromAddress, files }: OpenedMail): string | undefined {
  const header = (name: string) => headers.get(name)?.trim() ?? '';
  const autoSubmitted = header('auto-submitted').replace(/\s*[;(].*$/s, '');
  if (autoSubmitted !== '' && autoSubmitted.toLowerCase() !== 'no') return `Auto-Submitted: ${autoSubmitted}`;
  const telling = tellingHeaders.find((name) => headers.has(name) && !/^(no|false|0)$/i.test(header(name)));
  if (telling !== undefined) return `带有 ${telling} 信头`;
  if (automaticPrecedence.test(header('precedence'))) return `Precedence: ${header('precedence')}`;
  if (/rules? agent/i.test(header('x-ms-exchange-generated-message-source'))) return '由 Exchange 规则自动发出';
  if (headers.has('return-path') && /^<?\s*>?$/.test(header('return-path'))) return '信封没有发件人';
  if (/^multipart\/report\b/i.test(header('content-type'))) return '是一份投递或阅读报告';
  if (files.some(({ mediaType }) => reportPart.test(mediaType))) return '是一份投递或阅读报告';
  if (isFromList(header('list-id'), header('list-unsubscribe'))) return '来自邮件列表';
  return programs.test(fromAddress) ? '发件人是程序' : undefined;
}

const reportPart = /^message\/(?:disposition-notification|feedback-report|(?:global-)?delivery-status)$/;

/** A list or a mass mailing names itself and how to leave it; only the two together, for a person may write to a list. */
function isFromList(listId: string, listUnsubscribe: string): boolean {
  return listId !== '' && listUnsubscribe !== '';
}

function saidByWords({ subject, text }: OpenedMail): string | undefined {
  if (automaticSubject.test(subject) || absentInSubject.test(subject)) return '主题表明是自动回复';
  const beginning = text.slice(0, longestNotice);
  if (automaticBody.test(beginning.slice(0, 200))) return '正文表明是自动回复';
  const isShort = text.trim().length <= longestNotice && !namesItem.test(text);
  return isShort && absentBody.test(beginning) ? '正文表明是自动回复' : undefined;
}

/** Who names an item of ours answers. */
const namesItem = /\b[A-Z]{2,6}-\d{1,4}\b|已完成|申请销号|申请延期/;
