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
  ['one endless line', 'a '.repeat(500_000) + 'b'],
  ['blanks without end', `收到${' '.repeat(1_000_000)}。`],
  ['headers without end', '发件人：a\n'.repeat(100_000)],
  ['attributions that never end', '在 2024年3月25日\n'.repeat(100_000)],
  ['dashes without end', `${'-'.repeat(1_000_000)}x`],
])('%s is read in time proportional to its length', (_, text) => {
  expect(processorMs(() => visibleAnswer(text))).toBeLessThan(10_000);
});
