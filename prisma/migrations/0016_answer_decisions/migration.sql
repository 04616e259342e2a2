-- CreateEnum
CREATE TYPE "AnswerDecisionAct" AS ENUM ('accepted', 'setAside');

-- CreateTable
CREATE TABLE "AnswerDecision" (
    "number" SERIAL NOT NULL,
    "incomingMailId" TEXT NOT NULL,
    "act" "AnswerDecisionAct" NOT NULL,
    "personId" TEXT,
    "issueIds" TEXT[],
    "reason" TEXT NOT NULL,
    "decidedBy" TEXT NOT NULL,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AnswerDecision_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "AnswerDecision_incomingMailId_idx" ON "AnswerDecision"("incomingMailId");

-- AddForeignKey
ALTER TABLE "AnswerDecision" ADD CONSTRAINT "AnswerDecision_incomingMailId_fkey" FOREIGN KEY ("incomingMailId") REFERENCES "IncomingMail"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
