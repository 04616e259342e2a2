import type { Context } from 'hono';
import { isIsoDate } from '../../workflows/rules/instants.ts';
import type { ObligationKind } from '../../workflows/rules/policy.ts';
import { type PresetName, presetNames, presetPolicy } from '../../workflows/rules/presets/index.ts';
import { toIsoDate } from '../../prisma/days.ts';
import { policyOf } from '../adoption/policy-versions.ts';
import { officeOf } from '../acting/office-author.ts';
import { latestCalendar } from '../calendar/publish-calendar.ts';
import { readDirectoryImports } from '../directory-imports.ts';
import { RefusedError } from '../refused-error.ts';
import { rehearse } from '../rehearsal/rehearse.ts';
import { previewDiscard } from '../rounds/discard.ts';
import { policyStateOf } from '../set-up/choose-policy.ts';
import { readDraftSheet } from '../set-up/draft-sheet.ts';
import { ladderPreview, laddersIn } from '../set-up/ladder-preview.ts';
import { nextOpenStep, type SetUpStep } from '../set-up/steps.ts';
import type { Typed } from '../set-up/typed-rows.ts';
import type { PagesDependencies } from './deps.ts';
import type { AssignmentShown } from './parts/assignment-preview.tsx';
import type { SetUpFrame } from './set-up/frame.tsx';
import { SetUpIssuesPage } from './set-up/issues.tsx';
import { SetUpDiscardPage, SetUpLaunchPage } from './set-up/launch.tsx';
import { SetUpPeoplePage } from './set-up/people.tsx';
import { type PolicyOffered, SetUpPolicyPage } from './set-up/policy.tsx';
import { SetUpRehearsalPage } from './set-up/rehearsal.tsx';
import { send, type Shown, showRound, told } from './shown.tsx';

/** A step as it is asked for, and again with what was typed when its form was refused. */
export interface SetUpShown extends Shown {
  readonly typed?: Typed;
  readonly assignment?: AssignmentShown;
}

/** Shows a step of setting a draft up; of a round that has been launched its own page is all there is. */
export async function showSetUp(
  c: Context,
  deps: PagesDependencies,
  step: SetUpStep | 'discard' | 'next',
  { typed = () => undefined, assignment, ...shown }: SetUpShown = {},
): Promise<Response> {
  const { ledger, rounds } = deps;
  const id = c.var.subjectId ?? c.req.param('id') ?? '';
  const round = await ledger.round.findUnique({
    where: { id },
    select: { name: true, state: true, concentratedEndsOn: true },
  });
  if (round === null) throw new RefusedError('UnknownRound', '没有这个轮次。');
  if (round.state !== 'draft') {
    if (shown.refusal !== undefined) return showRound(c, deps, id, shown);
    return c.redirect(`/rounds/${id}${new URL(c.req.url).search}`, 303);
  }
  const missing = (await rounds.missingForLaunch(id)).map(({ message }) => message);
  const facts = { missing: missing.length, policy: await policyStateOf(ledger, id) };
  const frame: SetUpFrame = { id, name: round.name, facts, ...told(c, shown) };
  const { seal } = c.var;
  switch (step) {
    case 'next':
      return c.redirect(`/rounds/${id}/set-up/${nextOpenStep(facts)}`, 303);
    case 'issues': {
      const page = { frame, typed, seal, sheet: await readDraftSheet(ledger, id) };
      return send(c, <SetUpIssuesPage {...page} />, shown.status);
    }
    case 'people': {
      const [sheet, office, [lastImport]] = await Promise.all([
        readDraftSheet(ledger, id),
        officeOf(ledger, 'real', new Date().toISOString()),
        readDirectoryImports(ledger, { most: 1 }),
      ]);
      const page = { frame, sheet, typed, missing, office, lastImport, assignment, seal };
      return send(c, <SetUpPeoplePage {...page} />, shown.status);
    }
    case 'policy': {
      const due = round.concentratedEndsOn && toIsoDate(round.concentratedEndsOn);
      return send(
        c,
        <SetUpPolicyPage frame={frame} seal={seal} {...await policyShown(c, deps, id, due)} />,
        shown.status,
      );
    }
    case 'rehearsal':
      return send(c, <SetUpRehearsalPage frame={frame} rehearsal={await rehearse(ledger, id)} />, shown.status);
    case 'launch': {
      const notes = (await rounds.notesForLaunch(id)).map(({ message }) => message);
      const issues = await ledger.issue.count({ where: { roundId: id } });
      const [first] = missing.length > 0 ? [] : (await rehearse(ledger, id)).perDay;
      return send(c, <SetUpLaunchPage {...{ frame, missing, notes, issues, first, seal }} />, shown.status);
    }
    case 'discard': {
      const preview = await previewDiscard(ledger, id);
      return send(c, <SetUpDiscardPage frame={frame} preview={preview} seal={seal} />, shown.status);
    }
  }
}

/** The days that the calendar is asked for lie before it. */
const dueBefore = '2100-01-01';

/** The policies to choose from, and the ladder that the address asks for. */
async function policyShown(c: Context, { ledger }: PagesDependencies, id: string, due: string | null) {
  const { feedbackOn } = await ledger.round.findUniqueOrThrow({ where: { id }, select: { feedbackOn: true } });
  if (feedbackOn === null) throw new RefusedError('FeedbackMissing', '没有反馈日，政策里的日子无从算起。');
  const current = await policyOf(ledger, id);
  const own: PolicyOffered = { value: 'current', title: `现在的：${current.name}`, policy: current };
  const presets = presetNames
    .filter((name) => name !== current.name)
    .map((name: PresetName) => ({
      ...{ value: name, title: name },
      policy: presetPolicy(name, { feedbackOn: toIsoDate(feedbackOn) }),
    }));
  const asked = c.req.query();
  const offered = [own, ...presets];
  const chosen = offered.find(({ value }) => value === asked['policy']) ?? own;
  const kinds = laddersIn(chosen.policy);
  const kind: ObligationKind = kinds.find((one) => one === asked['kind']) ?? 'evidence';
  const wanted = asked['due'] ?? '';
  const dueOn = isIsoDate(wanted) && wanted < dueBefore ? wanted : (due ?? toIsoDate(feedbackOn));
  const ladder = ladderPreview(chosen.policy, await latestCalendar(ledger), { kind, dueOn });
  const isSame =
    chosen.policy.concentratedMonths === current.concentratedMonths &&
    chosen.policy.immediateWithinDays === current.immediateWithinDays;
  const doubt = isSame ? undefined : '问题现有的整改时限不随政策改；要改，到“问题”一步改。';
  return { offered, chosen, doubt, kind, dueOn, ladder };
}
