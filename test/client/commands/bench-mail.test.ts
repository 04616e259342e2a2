import { expect, test } from 'vitest';
import { benchMail } from '../../../client/commands/bench-mail.ts';
import { existsSync } from 'node:fs';
import { heard } from './bench-heard.ts';

const number = expect.any(Number) as number;

test.runIf(existsSync('/usr/sbin/smtp-source'))(
  'a few mails reach the server once each, and all are written down',
  async () => {
    const { answers, output } = heard();
    await benchMail(output, { mails: '25' });
    expect(answers).toEqual([
      {
        ours: { mailsPerSecond: number, twice: 0, missing: 0, unrecorded: 0 },
        smtpSource: { mailsPerSecond: number, missing: 0 },
        smtpSourceAbreast: { mailsPerSecond: number, missing: 0 },
        ...{ ratio: number, ratioAbreast: number, mails: 25, bytes: number, connections: 10 },
      },
    ]);
  },
);

test('“0” mails are nothing to measure', async () => {
  await expect(benchMail(heard().output, { mails: '0' })).rejects.toThrow('--mails 应是正整数');
});
