-- CreateEnum
CREATE TYPE "IssueSecrecy" AS ENUM ('ordinary', 'confidential');

-- AlterTable
ALTER TABLE "Issue" ADD COLUMN     "secrecy" "IssueSecrecy" NOT NULL DEFAULT 'ordinary';

-- CreateTable
CREATE TABLE "IssueSecrecyChange" (
    "number" SERIAL NOT NULL,
    "issueId" TEXT NOT NULL,
    "secrecy" "IssueSecrecy" NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "requestId" TEXT,

    CONSTRAINT "IssueSecrecyChange_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE UNIQUE INDEX "IssueSecrecyChange_issueId_requestId_key" ON "IssueSecrecyChange"("issueId", "requestId");

-- AddForeignKey
ALTER TABLE "IssueSecrecyChange" ADD CONSTRAINT "IssueSecrecyChange_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Confidential issues are few; whoever sees a round or a body by a role asks which of them he sees.
CREATE INDEX "Issue_confidential" ON "Issue" ("roundId") WHERE secrecy = 'confidential';
