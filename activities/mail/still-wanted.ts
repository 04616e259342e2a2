import { Prisma } from '../../prisma/generated/client.ts';

/** Whether what the reminder `r` of the outbox is about is still owed, by an issue or by a round. */
export const stillOwed = Prisma.sql`(EXISTS (SELECT 1 FROM "Obligation" o WHERE o."issueId" = r."issueId"
    AND o.cycle = r.cycle AND o.id = r."obligationId" AND o."closedAt" IS NULL)
  OR r."issueId" IS NULL AND EXISTS (SELECT 1 FROM "RoundObligation" o WHERE o."roundId" = r."roundId"
    AND o.id = r."obligationId" AND o."closedAt" IS NULL))`;

/** Whether what the notice `r` of the outbox tells of still waits: a page to be brought, or an answer to be verified. */
export const stillWaits = Prisma.sql`(CASE r."rungId"
  WHEN 'answer' THEN NOT EXISTS (SELECT 1 FROM "AnswerDecision" decision WHERE decision."incomingMailId" = r."obligationId")
  ELSE EXISTS (SELECT 1 FROM "Mail" page WHERE page.id = r."obligationId" AND page.state = 'toPrint') END)`;
