import { expect, test } from 'vitest';
import { concernsInWords, type Reuse } from '../../../client/evidence-check/concerns.ts';

const words = (file: { fileName?: string; kind?: string | null; concerns?: string[] }, reuses: Reuse[] = []) =>
  concernsInWords({ fileName: '会议纪要.docx', kind: 'docx', concerns: [], ...file }, reuses);
const other = (code: string): Reuse => ({ code, cycle: 1, issue: 'other' });

test.each<[string, ReturnType<typeof words>, string[]]>([
  ['an ordinary file', words({}), []],
  ['a file kept before its content was looked at', words({ kind: null, fileName: '纪要.jpg' }), []],
  ['a Word document under the old ending', words({ fileName: '纪要.doc' }), []],
  ['an ending that says nothing', words({ fileName: '纪要.2024' }), []],
  ['another kind than the name says', words({ fileName: '照片.jpg', kind: 'pdf' }), ['扩展名是 .jpg，内容却是PDF']],
  [
    'text under the name of a document',
    words({ fileName: '纪要.PDF', kind: 'text' }),
    ['扩展名是 .pdf，内容却是纯文本'],
  ],
  [
    'several concerns',
    words({ concerns: ['macros', 'encrypted'] }),
    ['带宏，打开时不要启用', '打开要密码，看不到内容'],
  ],
  ['a concern that this version does not know', words({ concerns: ['toString'] }), []],
  [
    'the same file for others, each once',
    words({}, [other('B-2'), other('B-1'), other('B-1')]),
    ['同一份文件也交给了 B-1、B-2'],
  ],
  [
    'the same file for very many',
    words({}, ['1', '2', '3', '4', '5', '6'].map(other)),
    ['同一份文件也交给了 1、2、3、4、5等6个问题'],
  ],
  [
    'the same file in an earlier cycle',
    words({}, [{ code: 'A-1', cycle: 1, issue: 'same' }]),
    ['与第1轮整改交的是同一份文件'],
  ],
])('%s', (_, said, expected) => {
  expect(said).toEqual(expected);
});
