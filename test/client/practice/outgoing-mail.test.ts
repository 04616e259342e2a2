import { describe, expect, it } from 'vitest';
import { readOutgoingMail } from '../../../client/practice/outgoing-mail.ts';
import { outgoingBytes } from './outgoing.ts';

describe('the header of an outgoing mail', () => {
  it('tells kind, moment and lines in their order, however long their keys are', async () => {
    const key = `${'i'.repeat(90)}/1/evidence-2-1/before-10/handler/2024-03-01`;
    const raw = await outgoingBytes({ lines: [`${key} GM-07`, 'i2/1/check-in-1/on-day/handler/2024-03-01 GM-02'] });

    expect(readOutgoingMail(raw, 'Office-Handler@Practice.invalid')).toEqual({
      messageId: 'abc@mail.test',
      kind: 'reminder',
      to: 'office-handler@practice.invalid',
      sentAt: '2024-03-01T01:00:00.000Z',
      lines: [
        { key, code: 'GM-07' },
        { key: 'i2/1/check-in-1/on-day/handler/2024-03-01', code: 'GM-02' },
      ],
    });
  });

  it('gives a duty’s code as people write it, and leaves a code that only looks encoded as it is', async () => {
    const key = 'r1/1/weekly-check-1-3/on-day/office/2024-03-01';
    const raw = await outgoingBytes({ lines: [`${key} ${encodeURIComponent('GM-周检3')}`, `${key} GM-%E5%1`] });
    expect(readOutgoingMail(raw, 'a@b.test').lines.map(({ code }) => code)).toEqual(['GM-周检3', 'GM-%E5%1']);
  });

  it('of a stranger has no kind, no lines and perhaps no moment', () => {
    expect(readOutgoingMail(Buffer.from('Subject: hello\r\n\r\nX-Huitoukan-Kind: reminder\r\n'), 'a@b.test')).toEqual({
      messageId: '',
      kind: '',
      to: 'a@b.test',
      sentAt: null,
      lines: [],
    });
  });
});
