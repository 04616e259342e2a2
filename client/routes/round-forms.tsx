import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { isIsoDate } from '../../workflows/rules/instants.ts';
import type { Sight } from '../access/sight.ts';
import type { PagesDependencies } from '../pages/deps.ts';
import { readSample } from '../pages/samples.ts';
import { keptBytes, showNotice, showOverview } from '../pages/shown.tsx';
import { proposeLinks } from '../recurrence/links.ts';
import { RefusedError } from '../refused-error.ts';
import { isIssueLevel } from '../notice-import/issue-level.ts';
import { type NoticeChoice, noticeChoice, noticeFields, noticePath } from '../pages/notice-choice.ts';
import { answered, type Form, formOf, parsed } from './form.ts';
import { uploaded, uploadedOrPasted } from './uploaded.ts';

const drillSchema = z.object({
  staff: z.enum(['diligent', 'mixed', 'silent'], '请选择演练人员'),
  secondsPerDay: z.coerce
    .number('每天的秒数应是数字')
    .min(0, '每天的秒数不能小于0')
    .max(3600, '每天的秒数不能大于3600'),
});

const roundSchema = z.object({
  name: z.string().min(1, '请写明轮次名称'),
  bodyName: z.string().max(100, '被巡察单位的名称不超过100字'),
  feedbackOn: z.string().refine(isIsoDate, '请写明反馈日'),
  codePrefix: z.string(),
  level: z
    .string()
    .refine((words) => words === '' || isIssueLevel(words), '问题所在的层级应是“一、”“（一）”“1.”“（1）”之一')
    .transform((words) => (isIssueLevel(words) ? words : undefined)),
});

/** From a notice to a drill or a draft. */
export function roundForms(deps: PagesDependencies): Hono {
  const { rounds, drills, files, readNoticeWhole } = deps;
  const app = new Hono();

  app.post('/drills', (c) =>
    answered(
      c,
      (shown) => showOverview(c, deps, shown),
      async () => {
        const form = await formOf(c);
        const { staff, secondsPerDay } = parsed(drillSchema, {
          staff: form.text('staff'),
          secondsPerDay: form.text('secondsPerDay'),
        });
        const { bytes, fileName } = await noticeOf(deps, form, c.var.visit.sight);
        const level = form.text('level');
        const whole = readNoticeWhole(bytes, fileName, isIssueLevel(level) ? { level } : {});
        const { drillId } = await drills.start({ ...whole, fileName, sha256: sha256Of(bytes), staff, secondsPerDay });
        return `/drills/${drillId}?done=started`;
      },
    ),
  );

  app.post('/notices', (c) =>
    answered(
      c,
      (shown) => showOverview(c, deps, shown),
      async () => {
        const form = await formOf(c);
        const { bytes, fileName, mediaType } = await uploadedOrPasted(form, {
          ...{ file: 'notice', text: 'noticeText', pastedName: '粘贴的通报.txt' },
          missing: '请选择一份通报，或粘贴通报全文',
        });
        readNoticeWhole(bytes, fileName);
        const { sha256 } = await files.keep(bytes, mediaType);
        return noticePath({ sha256, fileName });
      },
    ),
  );

  app.post('/rounds', async (c) => {
    let choice: NoticeChoice | undefined;
    return answered(
      c,
      (shown) => (choice === undefined ? showOverview(c, deps, shown) : showNotice(c, deps, choice, shown)),
      async () => {
        const form = await formOf(c);
        const said = Object.fromEntries(noticeFields.map((field) => [field, form.text(field)]));
        if (form.text('sha256') !== '') choice = noticeChoice({ ...said, sha256: form.text('sha256') });
        const { name, bodyName, feedbackOn, codePrefix, level } = parsed(roundSchema, said);
        const notice = { sha256: form.text('sha256'), fileName: form.text('fileName') };
        const whole = readNoticeWhole(await keptBytes(deps, notice.sha256), notice.fileName, level && { level });
        const { roundId } = await rounds.createFromReading({
          ...{ ...whole, ...notice, name, feedbackOn },
          ...{ bodyName: given(bodyName), codePrefix: given(codePrefix) },
        });
        await proposeLinks(deps.ledger, roundId);
        return `/rounds/${roundId}/set-up/issues?done=created`;
      },
    );
  });

  return app;
}

/** The notice a drill is made of: one read before, a sample, or the file that came with the form. */
async function noticeOf(
  deps: PagesDependencies,
  form: Form,
  { real }: Sight,
): Promise<{ bytes: Uint8Array; fileName: string }> {
  const sha256 = form.text('sha256');
  // A kept file is read by its hash, whatever it was kept for: notices and evidence of real rounds lie among them.
  if (sha256 !== '' && real !== 'all') throw new RefusedError('NotOffice', '只有督办办公室可以用已经上传的通报。');
  if (sha256 !== '') return { bytes: await keptBytes(deps, sha256), fileName: form.text('fileName') };
  const sample = form.text('sample');
  if (sample !== '') return { bytes: await readSample(sample, deps.samplesFolder), fileName: sample };
  return uploaded(form, 'notice', '请选择一份样例，或上传自己的通报');
}

function given(words: string): string | undefined {
  return words === '' ? undefined : words;
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
