import { expect, test } from 'vitest';
import { textOfHtml } from '../../../client/incoming-mail/html-text.ts';
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
