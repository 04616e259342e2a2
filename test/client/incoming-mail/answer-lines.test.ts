import { expect, test } from 'vitest';
import { answerLines } from '../../../client/incoming-mail/answer-lines.ts';

const struck = (text: string) =>
  answerLines(text)?.map((line) => (line.part === 'leftOut' ? `- ${line.text}` : line.text));

test('what is quoted below the answer and the signature are marked as left out', () => {
  const mail =
    'GM-01 已完成\n\n张某\n办公室 010-12345678\n\n在 2024年3月1日，督办 <a@b.cn> 写道：\n> 请报进展\n> GM-01 已完成';
  expect(struck(mail)?.slice(0, 2)).toEqual(['GM-01 已完成', '']);
  expect(struck(mail)?.slice(-3)).toEqual([
    '- 在 2024年3月1日，督办 <a@b.cn> 写道：',
    '- > 请报进展',
    '- > GM-01 已完成',
  ]);
});

test('an answer below the quote is found below it', () => {
  expect(struck('在 2024年3月1日，督办 <a@b.cn> 写道：\n> 请报进展\n\n已完成')).toEqual([
    '- 在 2024年3月1日，督办 <a@b.cn> 写道：',
    '- > 请报进展',
    '',
    '已完成',
  ]);
});

test('a text that is all answer has nothing struck', () => {
  expect(struck('第一行\n\n第二行  ')).toEqual(['第一行', '', '第二行  ']);
});
