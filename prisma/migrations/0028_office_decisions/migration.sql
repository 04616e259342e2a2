-- The office decides on more than closures and proposals: what people ask for waits for it as well.
DROP INDEX "Obligation_decisions";
CREATE INDEX "Obligation_decisions" ON "Obligation" (kind, "dueOn")
  WHERE "closedAt" IS NULL AND kind IN ('closureDecision', 'proposalDecision', 'lookBack', 'extensionDecision',
    'disputeDecision', 'suspensionReview', 'evidenceReview', 'itemRecheck');
