-- CreateIndex
CREATE INDEX "Mail_preparedAt_id_idx" ON "Mail"("preparedAt", "id");

-- CreateIndex
CREATE INDEX "IncomingMail_receivedAt_id_idx" ON "IncomingMail"("receivedAt", "id");

-- CreateIndex
CREATE INDEX "Evidence_receivedAt_id_idx" ON "Evidence"("receivedAt", "id");

CREATE INDEX "Evidence_bigrams_idx" ON "Evidence" USING gin (bigrams("fileName"));
CREATE INDEX "Mail_bigrams_idx" ON "Mail" USING gin (bigrams(subject));
CREATE INDEX "IncomingMail_bigrams_idx" ON "IncomingMail" USING gin (bigrams(subject || E'\n' || text));
