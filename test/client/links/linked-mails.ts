import { linkHash, linkToken } from '../../../activities/mail/keys.ts';
import { tokenHashOf } from '../../../client/incoming-mail/reply-address.ts';
import type { Uploads } from '../../../client/links/uploads.ts';
import { createPages } from '../../../client/pages/index.tsx';
import type { IssueFact } from '../../../workflows/rules/events.ts';
import type { Role } from '../../../workflows/rules/policy.ts';
import { cast } from '../../support/cast.ts';
import { acknowledgementOwed, attestationOwed, evidenceOwed, type MailWorld } from '../incoming-mail/mail-world.ts';

/** An issue for each kind of act a link offers, and what is owed in it. */
const owed: readonly (readonly [string, readonly IssueFact[]])[] = [
  ['acknowledgement-1', [acknowledgementOwed]],
  ['evidence-1-1', [evidenceOwed(1), evidenceOwed(2)]],
  ['attestation-1', [attestationOwed]],
  [
    'closure-proposal-1',
    [
      {
        type: 'obligationOpened',
        obligationId: 'closure-proposal-1',
        kind: 'closureProposal',
        role: 'handler',
        dueOn: '2024-03-29',
      },
    ],
  ],
];

export const issuesOwed = owed.length;

/** The issues of `owed` in the world's ledger, and a way to write mails about them. */
export async function issuesWithLinks(world: MailWorld) {
  const issueIds: string[] = [];
  for (const [index, [, facts]] of owed.entries()) issueIds.push(await world.issue(index + 1, facts));
  let mails = 0;
  return {
    issueIds,
    /** Writes a mail about the issue at this place and gives the path of its link. */
    async linkTo(
      place: number,
      { to = cast.chen, role = 'handler', told = 'words' }: LinkChanges = {},
    ): Promise<string> {
      const issueId = issueIds[place]!;
      const replyToken = await world.mailAbout([issueId], to, role);
      const mail = await world.ledger.mail.update({
        where: { tokenHash: tokenHashOf(replyToken) },
        data: { told },
        include: { lines: true },
      });
      const { rowKey } = mail.lines[0]!;
      await world.ledger.outboxRow.update({
        where: { key: rowKey },
        data: { obligationId: owed[place]![0], cycle: 1, state: 'sent' },
      });
      const token = linkToken('secret', mail.key, `${rowKey}/${String((mails += 1))}`);
      await world.ledger.delivery.updateMany({ where: { mailId: mail.id }, data: { linkHash: linkHash(token) } });
      return `/a/${token}`;
    },
  };
}

interface LinkChanges {
  readonly to?: string;
  readonly role?: Role;
  readonly told?: 'words' | 'codeOnly';
}

/** The pages over the world's ledger, with what its issues do. */
export function pagesOfWorld(world: MailWorld, uploads?: Uploads) {
  const none = undefined as never; // what no page of a link asks for
  return createPages({
    ledger: world.ledger,
    duties: none,
    inbox: world.inbox,
    rowsPlanned: () => undefined,
    issues: {
      acknowledge: (...given) => world.issues.acknowledge(...given),
      reportProgress: (...given) => world.issues.reportProgress(...given),
      submitEvidence: (...given) => world.issues.submitEvidence(...given),
      proposeClosure: (...given) => world.issues.proposeClosure(...given),
      ask: (...given) => world.issues.ask(...given),
      decideClosure: none,
      decideProposal: none,
      recordLookBack: none,
    },
    files: world.evidenceStore,
    uploads,
    rounds: none,
    drills: none,
    readNoticeWhole: none,
    log: (error) => {
      throw error;
    },
  });
}

/** All that a link could change, row by row. */
export async function standing({ ledger, issues }: MailWorld) {
  const [progress, events, notes, evidence, files, rows, incoming, mails, deliveries] = await Promise.all([
    ledger.issue.findMany({ orderBy: { id: 'asc' } }),
    ledger.issueEvent.findMany(),
    ledger.progressNote.findMany(),
    ledger.evidence.findMany(),
    ledger.evidenceFile.findMany(),
    ledger.outboxRow.findMany({ orderBy: { key: 'asc' } }),
    ledger.incomingMail.findMany(),
    ledger.mail.findMany({ orderBy: { id: 'asc' } }),
    ledger.delivery.findMany({ orderBy: { rowKey: 'asc' } }),
  ]);
  const calls = issues.calls.length;
  return { progress, events, notes, evidence, files, rows, incoming, mails, deliveries, calls };
}
