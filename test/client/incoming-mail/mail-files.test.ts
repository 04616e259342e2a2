import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { openMail } from '../../../client/incoming-mail/open-mail.ts';
import { readMail } from '../../../client/incoming-mail/read-mail.ts';
import { winmail } from './winmail.ts';

const gbk = (text: string) => iconv.encode(text, 'gb18030');
const bytes = (...pieces: (string | Buffer)[]) =>
  Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
const word = (text: string, charset = 'gb2312') => `=?${charset}?B?${gbk(text).toString('base64')}?=`;
const percent = (text: Buffer) =>
  [...text].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

const head = 'From: chen@lingnan.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n';
/** A boundary of its own for each, as RFC 2046 asks. */
const mixed = (...parts: (string | Buffer)[]) => {
  const boundary = `b${String(bytes(...parts).length)}`;
  return bytes(
    `${head}Content-Type: multipart/mixed; boundary=${boundary}\r\n\r\n`,
    ...parts.flatMap((part) => [`--${boundary}\r\n`, part, '\r\n']),
    `--${boundary}--\r\n`,
  );
};
const words = 'Content-Type: text/plain; charset=utf-8\r\n\r\n已完成';
const file = (disposition: string | Buffer, type = 'application/pdf') =>
  bytes(`Content-Type: ${type}\r\nContent-Disposition: attachment; `, disposition, '\r\n\r\n%PDF');
const namesIn = async (raw: Buffer) => (await readMail(raw)).attachments.map(({ fileName }) => fileName);

test.each<[string, string | Buffer]>([
  ['RFC 2231', `filename*=utf-8''${percent(Buffer.from('走访记录.pdf'))}`],
  ['RFC 2231 in gb2312', `filename*=gb2312''${percent(gbk('走访记录.pdf'))}`],
  [
    'RFC 2231, continued',
    `filename*0*=utf-8''${percent(Buffer.from('走访'))};\r\n filename*1*=${percent(Buffer.from('记录.pdf'))}`,
  ],
  ['RFC 2047 in quotes', `filename="${word('走访记录.pdf')}"`],
  ['RFC 2047 in quotes, in two words', `filename="${word('走访')}\r\n ${word('记录.pdf')}"`],
  ['RFC 2047 without quotes', `filename=${word('走访记录.pdf')}`],
  ['UTF-8 as it is', 'filename="走访记录.pdf"'],
  ['GBK as it is', bytes('filename="', gbk('走访记录.pdf'), '"')],
  ['an address of a page', `filename="${percent(Buffer.from('走访记录'))}.pdf"`],
  ['RFC 2231 beside an old name', `filename="=?x?="; filename*=utf-8''${percent(Buffer.from('走访记录.pdf'))}`],
])('a file name written as %s is read', async (_, disposition) => {
  expect(await namesIn(mixed(words, file(disposition)))).toEqual(['走访记录.pdf']);
});

test('a subject and a text written in GBK without saying so are read', async () => {
  const raw = bytes('From: chen@lingnan.example\r\nSubject: ', gbk('回复：督办'), '\r\n\r\n', gbk('路灯已修好。'));

  expect(await readMail(raw)).toMatchObject({ kind: 'reply', subject: '回复：督办', text: '路灯已修好。' });
});

test('the files of an enclosed mail are files too, three mails deep and no deeper', async () => {
  let inner = mixed(words, file('filename="0.pdf"'));
  for (const place of [1, 2, 3, 4, 5]) {
    inner = mixed(words, bytes('Content-Type: message/rfc822; name="', String(place), '.eml"\r\n\r\n', inner));
  }

  expect(await namesIn(inner)).toEqual(['5.eml', '4.eml', '3.eml', '2.eml']);
  expect(
    await namesIn(mixed(words, bytes('Content-Type: message/rfc822\r\n\r\n', mixed(words, file('filename="0.pdf"'))))),
  ).toEqual(['附件1.eml', '0.pdf']);
});

test('the words of an enclosed mail are not the answer', async () => {
  const inner = mixed('Content-Type: text/plain\r\n\r\nold', file('filename="0.pdf"'));

  expect((await readMail(mixed(words, bytes('Content-Type: message/rfc822\r\n\r\n', inner)))).text).toBe('已完成');
});

test('what Outlook wraps into a winmail.dat comes out, by long and by short name, and the wrapping is no evidence', async () => {
  const wrapped = winmail([
    { shortName: 'ZFJL~1.PDF', longName: '走访记录.pdf', bytes: Buffer.from('%PDF 1') },
    { shortName: '照片.jpg', bytes: Buffer.from('JPEG') },
  ]);
  const raw = mixed(
    words,
    bytes(
      'Content-Type: application/ms-tnef; name="winmail.dat"\r\nContent-Transfer-Encoding: base64\r\n\r\n',
      wrapped.toString('base64'),
    ),
  );

  expect((await readMail(raw)).attachments).toEqual([
    expect.objectContaining({ fileName: '走访记录.pdf', sha256: createHash('sha256').update('%PDF 1').digest('hex') }),
    expect.objectContaining({ fileName: '照片.jpg', sizeBytes: 4 }),
  ]);
});

test('a winmail.dat that is broken off anywhere is read as far as it goes, and one that holds nothing is kept', async () => {
  const whole = winmail([{ shortName: 'a.pdf', longName: '甲.pdf', bytes: Buffer.from('%PDF') }]);
  for (let length = 0; length <= whole.length; length += 1) {
    const part = bytes(
      'Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\n',
      whole.subarray(0, length).toString('base64') || 'AA==',
    );
    expect(await namesIn(mixed(words, part))).toHaveLength(1);
  }
});

test('a logo, a counter and a signature are decoration; a photograph in the text is not', async () => {
  const png = (width: number, height: number, length: number) => {
    const picture = Buffer.alloc(length);
    picture.write('\u0089PNG', 'latin1');
    picture.writeUInt32BE(width, 16);
    picture.writeUInt32BE(height, 20);
    return picture.toString('base64');
  };
  const picture = (id: string, content: string) =>
    `Content-Type: image/png; name="${id}.png"\r\nContent-ID: <${id}>\r\nContent-Transfer-Encoding: base64\r\n\r\n${content}`;
  const { files } = await openMail(
    mixed(
      'Content-Type: text/html; charset=utf-8\r\n\r\n<p>已完成</p><img src="cid:logo"><img src="cid:photo"><img src="cid:dot">',
      picture('logo', png(120, 40, 3000)),
      picture('photo', png(1600, 1200, 90_000)),
      picture('dot', png(1, 1, 30_000)),
      'Content-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nx',
      picture('scan', png(800, 600, 3000)),
    ),
  );

  expect(files.map(({ fileName, purpose }) => [fileName, purpose])).toEqual([
    ['logo.png', 'decoration'],
    ['photo.png', 'enclosed'],
    ['dot.png', 'decoration'],
    ['smime.p7s', 'decoration'],
    ['scan.png', 'enclosed'],
  ]);
});

const limits: [string, () => Buffer, RegExp][] = [
  ['larger than 25 MB', () => bytes(`${head}\r\n`, Buffer.alloc(25 * 1024 * 1024, 'a')), /超过25兆字节/],
  ['of more than 100 parts', () => mixed(...Array.from({ length: 101 }, () => words)), /超过100个/],
  [
    'nested deeper than 10',
    () => {
      const levels = Array.from({ length: 11 }, (_, level) => `b${String(level)}`);
      return bytes(
        head,
        ...levels.map((one) => `Content-Type: multipart/mixed; boundary=${one}\r\n\r\n--${one}\r\n`),
        words,
      );
    },
    /超过10层/,
  ],
  [
    'of a million parts',
    () => bytes(`${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n`, '--b\r\n\r\nx\r\n'.repeat(1_000_000)),
    /超过100个/,
  ],
];

test.each(limits)('a mail %s is read as far as its header, and says why', async (_, compose, because) => {
  const raw = compose();

  expect(await readMail(raw)).toMatchObject({
    kind: 'unreadable',
    from: 'chen@lingnan.example',
    subject: 'x',
    text: '',
  });
  expect((await openMail(raw)).unopenedBecause).toMatch(because);
});

test('a mail of just so many parts and just so deep is opened', async () => {
  const levels = Array.from({ length: 9 }, (_, level) => `c${String(level)}`);
  const deep = bytes(
    head,
    ...levels.map((one) => `Content-Type: multipart/mixed; boundary=${one}\r\n\r\n--${one}\r\n`),
    words,
  );

  expect(await readMail(deep)).toMatchObject({ kind: 'reply', text: '已完成' });
  expect(
    (await readMail(mixed(words, ...Array.from({ length: 98 }, () => file('filename=a.pdf'))))).attachments,
  ).toHaveLength(98);
});
