import type { Child } from 'hono/jsx';
import { isStepDone, nextOpenStep, type SetUpFacts, type SetUpStep, setUpSteps } from '../../set-up/steps.ts';
import { Page } from '../parts/layout.tsx';

/** What the frame of every step shows. */
export interface SetUpFrame {
  readonly id: string;
  readonly name: string;
  readonly facts: SetUpFacts;
  readonly refusal?: string | undefined;
  readonly done?: string | undefined;
}

export const stepNames: Readonly<Record<SetUpStep, string>> = {
  issues: '问题',
  people: '人员与分工',
  policy: '政策',
  rehearsal: '预演',
  launch: '交办',
};

/** A step of setting a round up: where one is, what is done, and the way on and back. */
export function SetUpPage({
  step,
  frame,
  children,
}: {
  step: SetUpStep | 'discard';
  frame: SetUpFrame;
  children?: Child;
}) {
  const { id, name, refusal, done } = frame;
  const title = step === 'discard' ? '撤销筹备' : stepNames[step];
  return (
    <Page title={`${title} · ${name}`} refusal={refusal} done={done}>
      <p class="crumbs">
        <a href="/">概览</a>
        <span aria-hidden="true">›</span>
        <a href={`/rounds/${id}`}>{name}</a>
        <span aria-hidden="true">›</span>筹备
      </p>
      <h1>{name}</h1>
      <StepList step={step} frame={frame} />
      {children}
      <p class="set-up-end note">
        保存过的都还在，随时可以离开，回来从没办完的一步接着办；交办以前一封信也不发。
        {step === 'discard' ? null : <a href={`/rounds/${id}/set-up/discard`}>撤销筹备</a>}
      </p>
    </Page>
  );
}

/** The steps with a word for how far each is. */
function StepList({ step: here, frame: { id, facts } }: { step: SetUpStep | 'discard'; frame: SetUpFrame }) {
  const next = nextOpenStep(facts);
  const wordsOf = (step: SetUpStep) => {
    if (step === here) return '正在办';
    if (isStepDone(step, facts)) return '已办';
    return step === next ? '接下来办' : '待办';
  };
  return (
    <nav class="set-up-steps" aria-label="筹备的步骤">
      <ol>
        <li class="done">
          <span>通报</span>
          <small>已办</small>
        </li>
        {setUpSteps.map((step) => (
          <li class={step === here ? 'now' : isStepDone(step, facts) ? 'done' : 'open'}>
            <a href={`/rounds/${id}/set-up/${step}`} aria-current={step === here ? 'step' : undefined}>
              {stepNames[step]}
            </a>
            <small>{wordsOf(step)}</small>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** The way to the next step; nothing is written by going there. */
export function Onward({ id, to }: { id: string; to: SetUpStep }) {
  return (
    <p class="onward">
      <a class="button" href={`/rounds/${id}/set-up/${to}`}>{`下一步：${stepNames[to]}`}</a>
    </p>
  );
}
