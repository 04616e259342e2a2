import { expect, test } from 'vitest';
import { type CommandKind, confirmsAll, readWords } from '../../../client/incoming-mail/commands.ts';

test.each<[string, CommandKind[]]>([
  ['收到', ['acknowledge']],
  ['收到。谢谢！', ['acknowledge']],
  ['已收悉', ['acknowledge']],
  ['确认', ['acknowledge']],
  ['我部门认领', ['acknowledge']],
  ['好的', ['acknowledge']],
  ['好的，收到！', ['acknowledge']],
  ['已完成', ['proposeClosure']],
  ['领导好：\n已完成，佐证材料见附件，请审核。', ['proposeClosure']],
  ['该问题已整改到位。', ['proposeClosure']],
  ['申请销号', ['proposeClosure']],
  ['请予销号', ['proposeClosure']],
  ['整改已全部完成，现申请对该问题予以销号。', ['proposeClosure']],
  ['收到。\n申请销号。', ['acknowledge', 'proposeClosure']],
  ['確認', ['acknowledge']],
  ['我單位認領', ['acknowledge']],
  ['整改已全部完成，現申請對該問題予以銷號。', ['proposeClosure']],
  ['申 请 销 号', ['proposeClosure']],
  ['收　到　了', ['acknowledge']],
  ['ＯＫ', ['acknowledge']],
  ['Received.', ['acknowledge']],
  ['没问题，遵照执行。', ['acknowledge']],
])('“%s” is a command and leaves no note', (text, commands) => {
  expect(readWords(text)).toEqual({ commands, note: '', unclear: 'nothing' });
});

test.each<[string, CommandKind[]]>([
  ['收到，马上落实。', ['acknowledge']],
  ['申请销号：三项措施均已落实。', ['proposeClosure']],
  ['三项措施均已落实，现申请销号。', ['proposeClosure']],
  ['已完成\n1. 修订制度\n2. 走访5户', ['proposeClosure']],
])('“%s” is a command, and its words are kept beside it', (text, commands) => {
  expect(readWords(text)).toMatchObject({ commands, note: text });
});

test.each([
  '本周走访3户',
  '措施2：已完成',
  '措施2已完成，其余推进中',
  '基本完成',
  '尚未完成',
  '尚 未 完 成',
  '確認名單後再報',
  '收到通知，但有疑问',
  '好的经验要推广',
  '确认名单后再报',
])('“%s” is a note and no command', (text) => {
  expect(readWords(text)).toMatchObject({ commands: [], note: text });
});

test.each(['待验收后，申请销号', '暂不申请销号', '能否申请销号？', '申请销号 需要什么材料?', '下周，申请销号'])(
  '“%s” asks for nothing yet: it is kept, and the person is asked',
  (text) => {
    expect(readWords(text)).toEqual({ commands: [], note: text, unclear: 'closureMentioned' });
  },
);

test.each(['', '您好！', '谢谢'])('“%s” says nothing', (text) => {
  expect(readWords(text)).toEqual({ commands: [], note: '', unclear: 'nothing' });
});

test.each([
  ['全部收到。', 'all'],
  ['以上均已收悉，谢谢', 'all'],
  ['收到', 'notAll'],
  ['全部收到，下周完成', 'notAll'],
  ['全部完成', 'notAll'],
])('“%s” confirms %s', (text, which) => {
  expect(confirmsAll(text)).toBe(which);
});
