import { dayOf } from '../../workflows/rules/instants.ts';
import { codesNamed } from '../incoming-mail/codes-named.ts';
import type { Decided } from '../incoming-mail/decide-answer.ts';
import type { UnverifiedAnswer } from '../reading/unverified.ts';
import type { Instance } from './instance.ts';
import { columns, type Output } from './output.ts';

/** `mails unverified`. */
export async function answersUnverified(
  output: Output,
  instance: Instance,
  { clock }: { readonly clock?: string },
): Promise<void> {
  const answers = await instance.get<UnverifiedAnswer[]>(['incoming-answers'], { clock });
  output.answer(answers, () =>
    answers.length === 0
      ? '没有待核实的来信'
      : columns(
          answers.map(({ number, receivedAt, from, sentTo, because, subject }) => [
            number,
            dayOf(receivedAt),
            from,
            sentTo === null ? '' : `回复发给${sentTo}的邮件`,
            because,
            subject,
          ]),
        ),
  );
}

export interface DecisionOptions {
  readonly by: string;
  readonly reason: string;
  readonly person?: string;
  /** Codes, one or several. */
  readonly issue?: string;
}

/** `mails accept ID`, `mails set-aside ID`. */
export async function answersDecide(
  output: Output,
  instance: Instance,
  id: string,
  { act, by, reason, person, issue }: DecisionOptions & { readonly act: Decided['act'] },
): Promise<void> {
  const issues = issue === undefined ? undefined : codesNamed(issue);
  const decided = await instance.put<Decided>(['incoming-answers', id, 'decision'], {
    json: {
      act,
      by,
      reason,
      ...(person !== undefined && { whose: person }),
      ...(issues !== undefined && { issues }),
    },
  });
  output.answer(decided, () =>
    decided.act === 'accepted'
      ? `已采纳，按${decided.person ?? '本人'}的答复登记，本人会收到回执`
      : '已定为不予采纳，原信留存',
  );
}
