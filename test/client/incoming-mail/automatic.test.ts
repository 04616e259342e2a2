import { describe, expect, test } from 'vitest';
import { readMail } from '../../../client/incoming-mail/read-mail.ts';

interface Parts {
  readonly from?: string;
  readonly subject?: string;
  readonly headers?: readonly string[];
  readonly text?: string;
  readonly type?: string;
}

function mail({
  from = 'chen@lingnan.example',
  subject = '回复: 【整改督办】待办',
  headers = [],
  text = '',
  type = 'text/plain',
}: Parts) {
  const lines = [`From: ${from}`, 'To: reply@huitoukan.test', `Subject: ${subject}`, ...headers];
  return Buffer.from([...lines, `Content-Type: ${type}; charset=utf-8`, '', text].join('\r\n'));
}

const away = '您好，我正在出差，返回后回复您。';

describe('what a program wrote is automatic, with a reason', () => {
  test.each<[string, Parts]>([
    ['any program that says so (RFC 3834)', { headers: ['Auto-Submitted: auto-replied (vacation)'], text: away }],
    ['QQ', { subject: '自动回复: 【整改督办】待办', headers: ['X-QQ-HolidayReply: 1'], text: away }],
    ['QQ, by its sender alone', { from: '"陈某" <chen+auto_reply@qq.example>', text: away }],
    ['QQ, by its words alone', { text: '这是来自QQ邮箱的假期自动回复邮件。\n\n您好，我最近正在休假中。' }],
    ['NetEase', { subject: '自动回复:【整改督办】待办', text: away }],
    ['NetEase, by its words alone', { text: '您好！\n这是一封自动回复邮件。已经收到您的来信，我会尽快回复。' }],
    ['Sina', { subject: '自动回复：待办', text: '您的来信已收到。' }],
    ['Exchange in Chinese', { subject: '自动答复: 【整改督办】待办', text: away }],
    ['Exchange in Chinese, traditional', { subject: '自動回覆: 待辦', text: '我休假中。' }],
    ['Exchange in English', { subject: 'Automatic reply: daily', text: 'I am away.' }],
    ['Exchange of old', { subject: 'Out of Office AutoReply: daily', text: 'I am away.' }],
    [
      'Exchange, by its header alone',
      { headers: ['X-MS-Exchange-Inbox-Rules-Loop: chen@lingnan.example'], text: away },
    ],
    ['Gmail', { headers: ['Precedence: bulk', 'X-Autoreply: yes'], subject: 'Re: daily', text: 'I am away.' }],
    ['DingTalk', { subject: '自动回复：待办', headers: ['X-AutoReply: 1'], text: away }],
    ['Lark', { subject: '[自动回复] 待办', text: away }],
    ['WeCom', { subject: '【自动回复】待办', text: away }],
    ['Coremail', { headers: ['X-Autorespond: 待办'], text: away }],
    ['Notes', { subject: 'Chen Mou is out of the office (returning 2024-03-25)', text: 'I will answer then.' }],
    ['Notes in Chinese', { subject: '陈某 不在办公室 (2024-03-25 返回)', text: '返回后答复。' }],
    ['Outlook in German', { subject: 'Automatische Antwort: daily', text: 'Ich bin nicht im Büro.' }],
    ['Outlook in French', { subject: 'Réponse automatique : daily', text: 'Je suis absent.' }],
    ['Outlook in Spanish', { subject: 'Respuesta automática: daily', text: 'Estoy ausente.' }],
    ['Outlook in Polish', { subject: 'Odpowiedź automatyczna: daily', text: 'Nie ma mnie.' }],
    ['Outlook in Russian', { subject: 'Автоматический ответ: daily', text: 'Меня нет.' }],
    [
      'somebody away, by his words alone',
      { text: '您好！您的邮件已收到，我正在休假，6月10日返回后给您回复，急事请联系李某。' },
    ],
    ['somebody ill, by his words alone', { text: '本人现休病假期间，暂时无法及时回复邮件，请联系李某。' }],
    [
      'somebody away in English',
      { text: 'I am currently out of the office until 10 June with limited access to email.' },
    ],
    ['a receipt', { subject: '已读: 【整改督办】待办', text: '您的邮件已于 9:00 被阅读。' }],
    [
      'a receipt as a report (RFC 8098)',
      { type: 'multipart/report; report-type=disposition-notification; boundary=b', text: '--b\r\n\r\nread\r\n--b--' },
    ],
    [
      'a receipt within',
      {
        type: 'multipart/mixed; boundary=b',
        text: '--b\r\n\r\nread\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\nDisposition: automatic-action; displayed\r\n--b--',
      },
    ],
    [
      'a complaint (RFC 5965)',
      {
        type: 'multipart/report; report-type=feedback-report; boundary=b',
        text: '--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n--b--',
      },
    ],
    [
      'a mailing list',
      { headers: ['List-Id: <news.example>', 'List-Unsubscribe: <mailto:leave@news.example>'], text: 'News' },
    ],
    ['an empty envelope', { headers: ['Return-Path: <>'], text: 'x' }],
    ['an address nobody reads', { from: 'no-reply@service.example', text: '登录提醒' }],
  ])('%s', async (_, parts) => {
    const { kind, automaticBecause } = await readMail(mail(parts));

    expect(kind).toBe('automatic');
    expect(automaticBecause).toMatch(/\S/);
  });
});

describe('what a person wrote is not automatic', () => {
  test.each<[string, Parts]>([
    ['about automatic replies', { text: 'GM-07 已完成：邮箱已设置自动回复，群众来信即有自动回复。' }],
    ['with the word at the beginning', { text: '自动回复功能已开通，材料见附件。' }],
    ['under a subject that speaks of it', { subject: '回复: 关于自动回复设置的整改', text: '已设置。' }],
    ['who is away and still answers', { text: '我正在出差，GM-07 已完成，材料由李某报送，请联系李某。' }],
    ['who reports that others are away', { text: '责任人正在休假，6月10日返回后由其报送佐证材料。' }],
    ['who has read', { subject: 'Re: read the notice', text: '已阅，马上办。' }],
    ['who thanks', { text: '您的来信已收到，我们马上整改。' }],
    ['with headers that say no', { headers: ['Auto-Submitted: no', 'X-Auto-Reply: no'], text: '已完成' }],
    ['whose name holds the word', { from: '"不在办公室" <chen@lingnan.example>', text: '已完成' }],
    ['out of office hours', { subject: 'Re: the office', text: 'Out of office hours the lamp is on. Done.' }],
    ['to a list', { headers: ['List-Id: <office.lingnan.example>'], text: '已完成' }],
  ])('%s', async (_, parts) => {
    expect(await readMail(mail(parts))).toMatchObject({ kind: 'reply', automaticBecause: null });
  });
});
