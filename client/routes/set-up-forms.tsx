import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { presetNames } from '../../workflows/rules/presets/index.ts';
import { readAssignments } from '../assign-import.ts';
import type { PagesDependencies } from '../pages/deps.ts';
import type { AssignmentShown } from '../pages/parts/assignment-preview.tsx';
import { type SetUpShown, showSetUp } from '../pages/set-up-shown.tsx';
import { keptBytes, type Shown } from '../pages/shown.tsx';
import { personTyped, readPeople } from '../people-import.ts';
import { RefusedError } from '../refused-error.ts';
import { ImportRefused } from '../rounds/import-refused.ts';
import { choosePolicy } from '../set-up/choose-policy.ts';
import { readDraftSheet } from '../set-up/draft-sheet.ts';
import { type SetUpStep, setUpSteps } from '../set-up/steps.ts';
import { refusedInForm, rowsTyped, type Typed } from '../set-up/typed-rows.ts';
import { answered, type Form, formOf, parsed } from './form.ts';
import { uploaded, uploadedOrPasted } from './uploaded.ts';

const policyWanted = z.enum(['current', ...presetNames], '请选择一种政策');

/** Setting a round up, from the draft to the launch: each step an address, each form one request of `Rounds`. */
export function setUpForms(deps: PagesDependencies): Hono {
  const { ledger, rounds, files } = deps;
  const app = new Hono();
  const idOf = (c: Context) => c.var.subjectId ?? c.req.param('id') ?? '';

  app.get('/rounds/:id/set-up', (c) => showSetUp(c, deps, 'next'));
  for (const step of [...setUpSteps, 'discard'] as const)
    app.get(`/rounds/:id/set-up/${step}`, (c) => showSetUp(c, deps, step));

  /** Acts on a form of this step; refused, the step is shown again with what was typed. */
  const act = async (
    c: Context,
    step: SetUpStep | 'discard',
    how: (form: Form, id: string) => Promise<string>,
  ): Promise<Response> => {
    let typed: Typed = () => undefined;
    return answered(
      c,
      (shown: Shown) => showSetUp(c, deps, step, { ...shown, typed }),
      async () => {
        const form = await formOf(c);
        typed = (field) => form.texts(field)[0];
        return how(form, idOf(c));
      },
    );
  };

  for (const step of ['issues', 'people'] as const)
    app.post(`/rounds/:id/set-up/${step}`, (c) =>
      act(c, step, async (form, id) => {
        const sheet = await readDraftSheet(ledger, id);
        const rows = rowsTyped(sheet, (field) => form.texts(field)[0]);
        await rounds.assign({ roundId: id, rows }).catch((error: unknown) => {
          throw error instanceof ImportRefused ? refusedInForm(error, sheet) : error;
        });
        return `/rounds/${id}/set-up/${step}?done=${rows.length === 0 ? 'unchanged' : 'saved'}`;
      }),
    );

  app.post('/rounds/:id/set-up/person', (c) =>
    act(c, 'people', async (form, id) => {
      const said = (field: string) => form.text(`person-${field}`);
      const row = personTyped({
        ...{ name: said('name'), email: said('email') },
        ...{ unit: said('unit'), position: said('position') },
      });
      await rounds.importPeople([row], { by: signerOf(form) });
      return `/rounds/${id}/set-up/people?done=person`;
    }),
  );

  app.post('/rounds/:id/people', (c) =>
    act(c, 'people', async (form, id) => {
      const file = await uploadedOrPasted(form, {
        ...{ file: 'file', text: 'pasted', pastedName: '粘贴的名单.csv' },
        missing: '请选择人员名单，或把名单粘贴进来',
      });
      await rounds.importPeople(readPeople(file.bytes, file.fileName), { by: signerOf(form), file });
      return `/rounds/${id}/set-up/people?done=people`;
    }),
  );

  app.post('/rounds/:id/assignments', async (c) => {
    const again = (shown: SetUpShown) => showSetUp(c, deps, 'people', shown);
    let assignment: AssignmentShown | undefined;
    const done = await act(c, 'people', async (form, id) => {
      const sha256 = form.text('sha256');
      const { bytes, fileName } =
        sha256 === ''
          ? await uploaded(form, 'file', '请选择责任分工')
          : { bytes: await keptBytes(deps, sha256), fileName: form.text('fileName') };
      const mode = form.text('mode') === 'preview' ? 'preview' : 'write';
      const [rows, by] = [readAssignments(bytes, fileName), signerOf(form)];
      const reassigning = by === undefined ? undefined : { by, reason: '', source: 'page' };
      const assigned = await rounds.assign({ roundId: id, rows, fileName, mode, reassigning });
      if (mode === 'preview') {
        assignment = { assigned, fileName, sha256: (await files.keep(bytes, 'text/csv')).sha256 };
      }
      return `/rounds/${id}/set-up/people?done=assigned`;
    });
    return assignment === undefined ? done : again({ assignment });
  });

  app.post('/rounds/:id/set-up/policy', (c) =>
    act(c, 'policy', async (form, id) => {
      const wanted = parsed(policyWanted, form.text('policy'));
      await choosePolicy(ledger, id, { wanted, by: signerOf(form) ?? null });
      return `/rounds/${id}/set-up/rehearsal?done=policyChosen`;
    }),
  );

  app.post('/rounds/:id/launch', (c) =>
    act(c, 'launch', async (form, id) => {
      const firstMail = form.text('firstMail') === 'now' ? 'now' : 'inHours';
      await rounds.launch(id, { firstMail });
      return `/rounds/${id}?done=${firstMail === 'now' ? 'launchedNow' : 'launched'}`;
    }),
  );

  app.post('/rounds/:id/set-up/discard', (c) =>
    act(c, 'discard', async (form, id) => {
      if (form.text('sure') !== 'yes') throw new RefusedError('NotSure', '要撤销筹备，请先勾选确认。');
      await rounds.discard(id);
      return '/?done=discarded';
    }),
  );

  return app;
}

function signerOf(form: Form): string | undefined {
  return form.by() === '' ? undefined : form.by();
}
