-- CreateEnum
CREATE TYPE "RoundState" AS ENUM ('draft', 'launched', 'ended');

-- CreateEnum
CREATE TYPE "IssueKind" AS ENUM ('ordinary', 'immediate', 'longTerm');

-- CreateEnum
CREATE TYPE "IssuePhase" AS ENUM ('assignment', 'rectification', 'closureReview', 'longTerm', 'lookBack', 'archived');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('handler', 'responsibleLeader', 'groupHead', 'office', 'reviewer');

-- CreateEnum
CREATE TYPE "ObligationKind" AS ENUM ('acknowledgement', 'checkIn', 'evidence', 'closureProposal', 'closureDecision', 'proposalDecision', 'attestation', 'lookBack');

-- CreateEnum
CREATE TYPE "OutboxKind" AS ENUM ('reminder', 'answer', 'acknowledgement');

-- CreateEnum
CREATE TYPE "Missed" AS ENUM ('sendLate', 'collapse', 'skip');

-- CreateEnum
CREATE TYPE "RowState" AS ENUM ('planned', 'cancelled', 'collapsed', 'skipped', 'claimed', 'sent');

-- CreateEnum
CREATE TYPE "MailState" AS ENUM ('prepared', 'handedOver', 'accepted', 'refused');

-- CreateEnum
CREATE TYPE "IncomingState" AS ENUM ('stored', 'handled');

-- CreateEnum
CREATE TYPE "FirstMail" AS ENUM ('inHours', 'now');

-- CreateTable
CREATE TABLE "Round" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "codePrefix" TEXT NOT NULL,
    "clockId" TEXT NOT NULL DEFAULT 'real',
    "state" "RoundState" NOT NULL DEFAULT 'draft',
    "feedbackOn" DATE,
    "concentratedEndsOn" DATE,
    "noticeFileName" TEXT,
    "noticeSha256" TEXT,
    "reading" JSONB,
    "policyVersion" INTEGER NOT NULL DEFAULT 1,
    "calendarVersion" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "firstMail" "FirstMail" NOT NULL DEFAULT 'inHours',
    "launchedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "lookAgainAt" TIMESTAMPTZ(3),

    CONSTRAINT "Round_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Body" (
    "id" TEXT NOT NULL,
    "roundId" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Body_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL,
    "scope" TEXT NOT NULL DEFAULT 'real',
    "name" TEXT NOT NULL,
    "email" TEXT,
    "unit" TEXT NOT NULL DEFAULT '',
    "position" TEXT NOT NULL DEFAULT '',
    "unreachable" TEXT,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Assignment" (
    "id" TEXT NOT NULL,
    "roundId" TEXT NOT NULL,
    "issueId" TEXT,
    "role" "Role" NOT NULL,
    "personId" TEXT NOT NULL,
    "fromAt" TIMESTAMPTZ(3),
    "untilAt" TIMESTAMPTZ(3),

    CONSTRAINT "Assignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Issue" (
    "id" TEXT NOT NULL,
    "roundId" TEXT NOT NULL,
    "bodyId" TEXT,
    "number" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "aspect" TEXT NOT NULL DEFAULT '',
    "groupTitle" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL,
    "kind" "IssueKind" NOT NULL,
    "unit" TEXT NOT NULL DEFAULT '',
    "assistingUnits" TEXT NOT NULL DEFAULT '',
    "firstDeadline" DATE NOT NULL,
    "deadlineNote" TEXT NOT NULL DEFAULT '',
    "terms" JSONB,
    "phase" "IssuePhase" NOT NULL DEFAULT 'assignment',
    "phaseSince" TIMESTAMPTZ(3),
    "cycle" INTEGER NOT NULL DEFAULT 1,
    "deadline" DATE,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "progress" JSONB,
    "step" INTEGER NOT NULL DEFAULT 0,
    "lookAgainAt" TIMESTAMPTZ(3),

    CONSTRAINT "Issue_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Measure" (
    "issueId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "deadline" DATE NOT NULL,
    "deadlinePhrase" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "Measure_pkey" PRIMARY KEY ("issueId","number")
);

-- CreateTable
CREATE TABLE "IssueEvent" (
    "issueId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "cycle" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "by" TEXT,
    "source" TEXT,
    "requestId" TEXT,
    "detail" JSONB NOT NULL,

    CONSTRAINT "IssueEvent_pkey" PRIMARY KEY ("issueId","sequence")
);

-- CreateTable
CREATE TABLE "RoundEvent" (
    "roundId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "type" TEXT NOT NULL,
    "by" TEXT,
    "detail" JSONB NOT NULL,

    CONSTRAINT "RoundEvent_pkey" PRIMARY KEY ("roundId","sequence")
);

-- CreateTable
CREATE TABLE "Obligation" (
    "issueId" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "kind" "ObligationKind" NOT NULL,
    "role" "Role" NOT NULL,
    "measure" INTEGER,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueOn" DATE NOT NULL,
    "overdueAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "closedBy" INTEGER,

    CONSTRAINT "Obligation_pkey" PRIMARY KEY ("issueId","cycle","id")
);

-- CreateTable
CREATE TABLE "PolicyVersion" (
    "roundId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PolicyVersion_pkey" PRIMARY KEY ("roundId","version")
);

-- CreateTable
CREATE TABLE "CalendarVersion" (
    "version" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CalendarVersion_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "OutboxRow" (
    "key" TEXT NOT NULL,
    "clockId" TEXT NOT NULL,
    "kind" "OutboxKind" NOT NULL,
    "roundId" TEXT,
    "issueId" TEXT,
    "cycle" INTEGER,
    "obligationId" TEXT,
    "rungId" TEXT,
    "letter" TEXT NOT NULL DEFAULT 'reminder',
    "role" "Role",
    "personId" TEXT,
    "plannedOn" DATE NOT NULL,
    "earliestAt" TIMESTAMPTZ(3) NOT NULL,
    "latestAt" TIMESTAMPTZ(3) NOT NULL,
    "missed" "Missed" NOT NULL DEFAULT 'sendLate',
    "state" "RowState" NOT NULL DEFAULT 'planned',
    "stateReason" TEXT,
    "recipients" JSONB,
    "policyVersion" INTEGER,
    "calendarVersion" INTEGER,
    "because" JSONB NOT NULL,
    "content" JSONB,
    "claimedAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "OutboxRow_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Delivery" (
    "rowKey" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "mailId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "Delivery_pkey" PRIMARY KEY ("rowKey","personId")
);

-- CreateTable
CREATE TABLE "Mail" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "clockId" TEXT NOT NULL,
    "kind" "OutboxKind" NOT NULL,
    "personId" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "tokenExpiresOn" DATE,
    "digestOn" DATE,
    "subject" TEXT NOT NULL,
    "raw" BYTEA NOT NULL,
    "state" "MailState" NOT NULL DEFAULT 'prepared',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "uncertain" INTEGER NOT NULL DEFAULT 0,
    "leaseOwner" TEXT,
    "leaseUntil" TIMESTAMPTZ(3),
    "nextAttemptAt" TIMESTAMPTZ(3),
    "preparedAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "response" TEXT,

    CONSTRAINT "Mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PostOffice" (
    "clockId" TEXT NOT NULL,
    "wakeAt" TIMESTAMPTZ(3),

    CONSTRAINT "PostOffice_pkey" PRIMARY KEY ("clockId")
);

-- CreateTable
CREATE TABLE "IncomingMail" (
    "id" TEXT NOT NULL,
    "messageId" TEXT NOT NULL,
    "envelopeTo" TEXT NOT NULL,
    "clockId" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "raw" BYTEA NOT NULL,
    "state" "IncomingState" NOT NULL DEFAULT 'stored',
    "fromAddress" TEXT NOT NULL DEFAULT '',
    "subject" TEXT NOT NULL DEFAULT '',
    "text" TEXT NOT NULL DEFAULT '',
    "mailId" TEXT,
    "personId" TEXT,
    "verdict" JSONB,
    "handledAt" TIMESTAMPTZ(3),

    CONSTRAINT "IncomingMail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProgressNote" (
    "id" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "personId" TEXT,
    "incomingMailId" TEXT,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProgressNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EvidenceFile" (
    "sha256" TEXT NOT NULL,
    "sizeBytes" INTEGER NOT NULL,
    "mediaType" TEXT NOT NULL,
    "storedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EvidenceFile_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "Evidence" (
    "id" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "measure" INTEGER,
    "sha256" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "personId" TEXT,
    "incomingMailId" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Drill" (
    "id" TEXT NOT NULL,
    "roundId" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "staff" TEXT NOT NULL,
    "secondsPerDay" DOUBLE PRECISION NOT NULL,
    "now" TIMESTAMPTZ(3) NOT NULL,
    "endsBy" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Drill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PracticeAnswer" (
    "id" TEXT NOT NULL,
    "drillId" TEXT NOT NULL,
    "mailId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "answerAt" TIMESTAMPTZ(3) NOT NULL,
    "act" JSONB NOT NULL,
    "doneAt" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "PracticeAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Round_clockId_lookAgainAt_idx" ON "Round"("clockId", "lookAgainAt");

-- CreateIndex
CREATE INDEX "Person_scope_name_idx" ON "Person"("scope", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Person_scope_email_key" ON "Person"("scope", "email");

-- CreateIndex
CREATE INDEX "Assignment_roundId_role_idx" ON "Assignment"("roundId", "role");

-- CreateIndex
CREATE INDEX "Assignment_issueId_role_idx" ON "Assignment"("issueId", "role");

-- CreateIndex
CREATE INDEX "Assignment_personId_idx" ON "Assignment"("personId");

-- CreateIndex
CREATE INDEX "Issue_roundId_phase_idx" ON "Issue"("roundId", "phase");

-- CreateIndex
CREATE INDEX "Issue_lookAgainAt_idx" ON "Issue"("lookAgainAt");

-- CreateIndex
CREATE UNIQUE INDEX "Issue_roundId_number_key" ON "Issue"("roundId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Issue_roundId_code_key" ON "Issue"("roundId", "code");

-- CreateIndex
CREATE INDEX "IssueEvent_requestId_idx" ON "IssueEvent"("requestId");

-- CreateIndex
CREATE INDEX "IssueEvent_at_idx" ON "IssueEvent"("at");

-- CreateIndex
CREATE INDEX "Obligation_closedAt_dueOn_idx" ON "Obligation"("closedAt", "dueOn");

-- CreateIndex
CREATE INDEX "OutboxRow_clockId_state_earliestAt_idx" ON "OutboxRow"("clockId", "state", "earliestAt");

-- CreateIndex
CREATE INDEX "OutboxRow_issueId_cycle_obligationId_idx" ON "OutboxRow"("issueId", "cycle", "obligationId");

-- CreateIndex
CREATE INDEX "Delivery_mailId_idx" ON "Delivery"("mailId");

-- CreateIndex
CREATE UNIQUE INDEX "Mail_key_key" ON "Mail"("key");

-- CreateIndex
CREATE UNIQUE INDEX "Mail_messageId_key" ON "Mail"("messageId");

-- CreateIndex
CREATE UNIQUE INDEX "Mail_tokenHash_key" ON "Mail"("tokenHash");

-- CreateIndex
CREATE INDEX "Mail_clockId_state_idx" ON "Mail"("clockId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "Mail_personId_digestOn_key" ON "Mail"("personId", "digestOn");

-- CreateIndex
CREATE INDEX "IncomingMail_state_idx" ON "IncomingMail"("state");

-- CreateIndex
CREATE INDEX "IncomingMail_personId_idx" ON "IncomingMail"("personId");

-- CreateIndex
CREATE INDEX "ProgressNote_issueId_idx" ON "ProgressNote"("issueId");

-- CreateIndex
CREATE INDEX "Evidence_issueId_idx" ON "Evidence"("issueId");

-- CreateIndex
CREATE UNIQUE INDEX "Drill_roundId_key" ON "Drill"("roundId");

-- CreateIndex
CREATE INDEX "PracticeAnswer_drillId_doneAt_answerAt_idx" ON "PracticeAnswer"("drillId", "doneAt", "answerAt");

-- AddForeignKey
ALTER TABLE "Body" ADD CONSTRAINT "Body_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Issue" ADD CONSTRAINT "Issue_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Issue" ADD CONSTRAINT "Issue_bodyId_fkey" FOREIGN KEY ("bodyId") REFERENCES "Body"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Measure" ADD CONSTRAINT "Measure_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IssueEvent" ADD CONSTRAINT "IssueEvent_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoundEvent" ADD CONSTRAINT "RoundEvent_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Obligation" ADD CONSTRAINT "Obligation_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PolicyVersion" ADD CONSTRAINT "PolicyVersion_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutboxRow" ADD CONSTRAINT "OutboxRow_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_rowKey_fkey" FOREIGN KEY ("rowKey") REFERENCES "OutboxRow"("key") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Delivery" ADD CONSTRAINT "Delivery_mailId_fkey" FOREIGN KEY ("mailId") REFERENCES "Mail"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Mail" ADD CONSTRAINT "Mail_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IncomingMail" ADD CONSTRAINT "IncomingMail_mailId_fkey" FOREIGN KEY ("mailId") REFERENCES "Mail"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProgressNote" ADD CONSTRAINT "ProgressNote_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evidence" ADD CONSTRAINT "Evidence_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Evidence" ADD CONSTRAINT "Evidence_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "EvidenceFile"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Drill" ADD CONSTRAINT "Drill_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PracticeAnswer" ADD CONSTRAINT "PracticeAnswer_drillId_fkey" FOREIGN KEY ("drillId") REFERENCES "Drill"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Events are appended and never changed: the ledger itself refuses it.
CREATE FUNCTION "refuse_event_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are never changed (%.%)', TG_TABLE_NAME, TG_OP;
END $$;
CREATE TRIGGER "IssueEvent_append_only" BEFORE UPDATE OR DELETE ON "IssueEvent" FOR EACH ROW EXECUTE FUNCTION "refuse_event_change"();
CREATE TRIGGER "RoundEvent_append_only" BEFORE UPDATE OR DELETE ON "RoundEvent" FOR EACH ROW EXECUTE FUNCTION "refuse_event_change"();

-- The post-office asks for these all day long, and they are few.
CREATE INDEX "OutboxRow_waiting" ON "OutboxRow" ("clockId", "earliestAt") WHERE "state" IN ('planned', 'claimed');
CREATE INDEX "Mail_unsent" ON "Mail" ("clockId") WHERE "state" IN ('prepared', 'handedOver');
