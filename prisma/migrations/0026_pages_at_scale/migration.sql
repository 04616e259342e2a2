-- People name an issue by its code, whatever the case.
CREATE INDEX "Issue_code_folded" ON "Issue" (lower(code));
CREATE INDEX "Issue_merged" ON "Issue" ("mergedIntoId") WHERE "mergedIntoId" IS NOT NULL;

-- What waits for the office is little beside what is owed by everybody else.
CREATE INDEX "Obligation_decisions" ON "Obligation" (kind, "dueOn")
  WHERE "closedAt" IS NULL AND kind IN ('closureDecision', 'proposalDecision', 'lookBack');
CREATE INDEX "IncomingMail_unverified" ON "IncomingMail" ("receivedAt") WHERE verdict #> ARRAY['kind'] = '"unverified"';
CREATE INDEX "Mail_accepted" ON "Mail" ("clockId", "acceptedAt") WHERE state = 'accepted';
CREATE INDEX "Mail_uncertain" ON "Mail" ("clockId") WHERE uncertain > 0;

-- What the watchdog looks for is rare, or ought to be.
CREATE INDEX "Mail_unlisted_domain" ON "Mail" (("toldBecause"->>'domain'))
  WHERE "clockId" = 'real' AND "toldBecause"->>'rule' = 'unlistedDomain';
CREATE INDEX "OutboxRow_provisional" ON "OutboxRow" ("plannedOn")
  WHERE "clockId" = 'real' AND waits AND because->>'calendar' = 'provisional';
