-- CreateEnum
CREATE TYPE "IssueWeight" AS ENUM ('ordinary', 'major');

-- CreateEnum
CREATE TYPE "MeasureKind" AS ENUM ('once', 'rule', 'accountability', 'keepUp');

-- CreateEnum
CREATE TYPE "ItemState" AS ENUM ('entered', 'inWork', 'askedToLeave', 'left');

-- CreateEnum
CREATE TYPE "LinkState" AS ENUM ('proposed', 'confirmed', 'declined');

-- CreateEnum
CREATE TYPE "AccountabilityEnd" AS ENUM ('dealtWith', 'notPursued');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "IssuePhase" ADD VALUE 'withdrawn';
ALTER TYPE "IssuePhase" ADD VALUE 'merged';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "ObligationKind" ADD VALUE 'evidenceReview';
ALTER TYPE "ObligationKind" ADD VALUE 'extensionDecision';
ALTER TYPE "ObligationKind" ADD VALUE 'disputeDecision';
ALTER TYPE "ObligationKind" ADD VALUE 'suspensionReview';
ALTER TYPE "ObligationKind" ADD VALUE 'statusAnswer';
ALTER TYPE "ObligationKind" ADD VALUE 'itemReport';
ALTER TYPE "ObligationKind" ADD VALUE 'itemRecheck';
ALTER TYPE "ObligationKind" ADD VALUE 'attestationEndorsement';
ALTER TYPE "ObligationKind" ADD VALUE 'rectificationPlan';
ALTER TYPE "ObligationKind" ADD VALUE 'planApproval';
ALTER TYPE "ObligationKind" ADD VALUE 'weeklyCheck';
ALTER TYPE "ObligationKind" ADD VALUE 'monthlyDispatch';
ALTER TYPE "ObligationKind" ADD VALUE 'periodicDuty';
ALTER TYPE "ObligationKind" ADD VALUE 'evaluation';
ALTER TYPE "ObligationKind" ADD VALUE 'progressReport';
ALTER TYPE "ObligationKind" ADD VALUE 'supervisionBatch';
ALTER TYPE "ObligationKind" ADD VALUE 'publicComment';
ALTER TYPE "ObligationKind" ADD VALUE 'lookBackDraw';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "MailState" ADD VALUE 'toPrint';
ALTER TYPE "MailState" ADD VALUE 'printed';

-- AlterTable
ALTER TABLE "Round" ADD COLUMN     "mechanism" JSONB,
ADD COLUMN     "progress" JSONB,
ADD COLUMN     "sequence" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "step" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "terms" JSONB;

-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN     "measure" INTEGER;

-- AlterTable
ALTER TABLE "Issue" ADD COLUMN     "mergedIntoId" TEXT,
ADD COLUMN     "source" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "weight" "IssueWeight" NOT NULL DEFAULT 'ordinary';

-- AlterTable
ALTER TABLE "Measure" ADD COLUMN     "kind" "MeasureKind" NOT NULL DEFAULT 'once',
ADD COLUMN     "unit" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "IssueEvent" ADD COLUMN     "onBehalfOf" TEXT,
ADD COLUMN     "recordedBy" TEXT;

-- AlterTable
ALTER TABLE "RoundEvent" ADD COLUMN     "recordedBy" TEXT,
ADD COLUMN     "requestId" TEXT,
ADD COLUMN     "source" TEXT;

-- AlterTable
ALTER TABLE "PolicyVersion" ADD COLUMN     "adoptedAt" TIMESTAMPTZ(3),
ADD COLUMN     "adoptedBy" TEXT,
ADD COLUMN     "note" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "OutboxRow" ADD COLUMN     "paper" TEXT;

-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "onBehalfOf" TEXT;

-- AlterTable
ALTER TABLE "ProgressNote" ADD COLUMN     "channel" TEXT,
ADD COLUMN     "recordedBy" TEXT;

-- CreateTable
CREATE TABLE "RoundObligation" (
    "roundId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" "ObligationKind" NOT NULL,
    "role" "Role" NOT NULL,
    "title" TEXT NOT NULL,
    "scope" JSONB,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueOn" DATE NOT NULL,
    "overdueAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "closedBy" INTEGER,

    CONSTRAINT "RoundObligation_pkey" PRIMARY KEY ("roundId","id")
);

-- CreateTable
CREATE TABLE "LedgerItem" (
    "id" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "state" "ItemState" NOT NULL DEFAULT 'entered',
    "enteredAt" TIMESTAMPTZ(3),
    "askedAt" TIMESTAMPTZ(3),
    "leftAt" TIMESTAMPTZ(3),

    CONSTRAINT "LedgerItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Delegation" (
    "id" TEXT NOT NULL,
    "scope" TEXT NOT NULL DEFAULT 'real',
    "fromPersonId" TEXT NOT NULL,
    "toPersonId" TEXT NOT NULL,
    "fromAt" TIMESTAMPTZ(3) NOT NULL,
    "untilAt" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Delegation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IssueLink" (
    "issueId" TEXT NOT NULL,
    "earlierIssueId" TEXT NOT NULL,
    "state" "LinkState" NOT NULL DEFAULT 'proposed',
    "score" DOUBLE PRECISION NOT NULL,
    "because" TEXT NOT NULL,
    "decidedBy" TEXT,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "IssueLink_pkey" PRIMARY KEY ("issueId","earlierIssueId")
);

-- CreateTable
CREATE TABLE "LookBackDraw" (
    "id" TEXT NOT NULL,
    "roundId" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "share" DOUBLE PRECISION NOT NULL,
    "population" JSONB NOT NULL,
    "populationHash" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "drawnBy" TEXT,
    "drawnAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LookBackDraw_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SupervisionBatch" (
    "id" TEXT NOT NULL,
    "roundId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "task" TEXT NOT NULL,
    "dueOn" DATE NOT NULL,
    "issueIds" JSONB NOT NULL,
    "issuedBy" TEXT,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SupervisionBatch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AccountabilityOutcome" (
    "id" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "outcome" "AccountabilityEnd" NOT NULL,
    "decidedBy" TEXT NOT NULL DEFAULT '',
    "persons" INTEGER,
    "note" TEXT NOT NULL DEFAULT '',
    "recordedBy" TEXT,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AccountabilityOutcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PublicComment" (
    "id" TEXT NOT NULL,
    "roundId" TEXT NOT NULL,
    "issueId" TEXT,
    "receivedOn" DATE NOT NULL,
    "text" TEXT NOT NULL,
    "contact" TEXT NOT NULL DEFAULT '',
    "answer" TEXT NOT NULL DEFAULT '',
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "PublicComment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IssuedLetter" (
    "id" TEXT NOT NULL,
    "roundId" TEXT NOT NULL,
    "issueId" TEXT,
    "kind" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "issuedBy" TEXT,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IssuedLetter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RoundObligation_closedAt_dueOn_idx" ON "RoundObligation"("closedAt", "dueOn");

-- CreateIndex
CREATE UNIQUE INDEX "LedgerItem_issueId_number_key" ON "LedgerItem"("issueId", "number");

-- CreateIndex
CREATE INDEX "Delegation_scope_fromPersonId_idx" ON "Delegation"("scope", "fromPersonId");

-- CreateIndex
CREATE INDEX "Delegation_scope_toPersonId_idx" ON "Delegation"("scope", "toPersonId");

-- CreateIndex
CREATE INDEX "LookBackDraw_roundId_idx" ON "LookBackDraw"("roundId");

-- CreateIndex
CREATE UNIQUE INDEX "SupervisionBatch_roundId_number_key" ON "SupervisionBatch"("roundId", "number");

-- CreateIndex
CREATE INDEX "AccountabilityOutcome_issueId_idx" ON "AccountabilityOutcome"("issueId");

-- CreateIndex
CREATE INDEX "PublicComment_roundId_idx" ON "PublicComment"("roundId");

-- CreateIndex
CREATE INDEX "IssuedLetter_issueId_idx" ON "IssuedLetter"("issueId");

-- CreateIndex
CREATE UNIQUE INDEX "IssuedLetter_roundId_number_key" ON "IssuedLetter"("roundId", "number");

-- CreateIndex
CREATE INDEX "RoundEvent_requestId_idx" ON "RoundEvent"("requestId");

-- AddForeignKey
ALTER TABLE "RoundObligation" ADD CONSTRAINT "RoundObligation_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LedgerItem" ADD CONSTRAINT "LedgerItem_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IssueLink" ADD CONSTRAINT "IssueLink_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IssueLink" ADD CONSTRAINT "IssueLink_earlierIssueId_fkey" FOREIGN KEY ("earlierIssueId") REFERENCES "Issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LookBackDraw" ADD CONSTRAINT "LookBackDraw_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SupervisionBatch" ADD CONSTRAINT "SupervisionBatch_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AccountabilityOutcome" ADD CONSTRAINT "AccountabilityOutcome_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PublicComment" ADD CONSTRAINT "PublicComment_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IssuedLetter" ADD CONSTRAINT "IssuedLetter_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "Round"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
