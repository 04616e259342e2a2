import { expect, test } from 'vitest';
import { textOfHtml } from '../../../client/incoming-mail/html-text.ts';
import { visibleAnswer } from '../../../client/incoming-mail/reply-text.ts';
import { processorMs } from '../../support/processor-time.ts';

test('blocks and breaks end a line, cells are apart, and what is not shown is not read', () => {
  const html =
    '<html><head><title>x</title><style>p{}</style></head><body>收到，<br>马上落实。<div>一<div>二</div></div>' +
    '<table><tr><td>甲</td><td>乙</td></tr></table><script>alert(1)</script>a&nbsp;&amp;&#20108;</body></html>';

  expect(textOfHtml(html)).toBe('收到，\n马上落实。\n一\n二\n甲 乙\na &二');
});

test('a block quote begins with > on each line', () => {
  expect(textOfHtml('好<blockquote>一<br>二<blockquote>三</blockquote></blockquote>四')).toBe(
    '好\n> 一\n> 二\n>> 三\n四',
  );
});

test.each([
  [
    'Gmail, in a language nobody knows',
    '<div>好</div><div class="gmail_quote"><div class="gmail_attr">a@b ☃ ☃<br></div><blockquote class="gmail_quote">旧</blockquote></div>',
  ],
  [
    'Outlook on the web',
    '<div>好</div><div id="appendonsend"></div><hr><div id="x_divRplyFwdMsg"><b>☃</b> a@b</div><div>旧</div>',
  ],
  [
    'NetEase',
    '<div>好</div><div class="J-reply ntes-mailmaster-quote"><div>☃</div><table><tr><td>旧</td></tr></table></div>',
  ],
  ['NetEase on the web', '<p>好</p><blockquote id="isReplyContent">旧</blockquote>'],
  ['QQ', '<div>好</div><div>------------------&nbsp;原始邮件&nbsp;------------------</div><div>旧</div>'],
  ['QQ, in its own element', '<div>好</div><includetail><div>旧</div></includetail>'],
  ['Lark', '<div>好</div><div class="history-quote-wrapper" id="lark-mail-quote-1"><div>旧</div></div>'],
  [
    'Foxmail with a signature',
    '<div>好</div><hr style="width: 210px; height: 1px;" color="#b5c4df" size="1"><div>张三</div>',
  ],
  ['a signature of Outlook', '<div>好</div><div id="Signature">张三</div>'],
])('the answer of %s is what stands beside its containers', (_, html) => {
  expect(visibleAnswer(textOfHtml(html))).toBe('好');
});

test.each([
  ['words below a signature', '<p>一</p><div class="gmail_signature">张三</div><p>二</p>', '一\n\n二'],
  [
    'words between quotes',
    '<p>在 2024年3月25日 9:00，a 写道：</p><blockquote type="cite">甲</blockquote><p>一</p><blockquote type="cite">乙</blockquote><p>二</p>',
    '一\n\n二',
  ],
  [
    'words that the person moved to the right',
    '<p>一</p><blockquote style="margin:0 0 0 40px;border:none">二</blockquote>',
    '一\n\n二',
  ],
  [
    'a mail that is passed on',
    '<div>请看</div><div class="gmail_quote"><div class="gmail_attr">---------- 转发的邮件 ---------<br>发件人：a</div>路灯已修</div>',
    '请看\n---------- 转发的邮件 ---------\n发件人：a\n路灯已修',
  ],
  ['lines that are written as they are', '<pre>一\n  二</pre>', '一\n  二'],
])('%s are part of the answer', (_, html, answer) => {
  expect(visibleAnswer(textOfHtml(html))).toBe(answer);
});

test('broken HTML gives the words that can be made out', () => {
  expect(textOfHtml('<p>收到<b>。<div>好')).toBe('收到。\n好');
});

test.each([
  ['nesting without end', `${'<div>'.repeat(200_000)}收到`],
  ['tags that never end', '<a '.repeat(200_000)],
  ['entities that never end', '&'.repeat(500_000)],
])('%s is read in bounded time', (_, html) => {
  expect(processorMs(() => textOfHtml(html))).toBeLessThan(10_000);
});

test('words below any nesting are still read', () => {
  expect(textOfHtml(`${'<div>'.repeat(20_000)}收到${'</div>'.repeat(20_000)}`)).toBe('收到');
});
