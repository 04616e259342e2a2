-- CreateEnum
CREATE TYPE "FetchedMailboxState" AS ENUM ('watched', 'givenUp');

-- AlterTable
ALTER TABLE "EvidenceFile" ADD COLUMN     "concerns" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "kind" TEXT;

-- CreateTable
CREATE TABLE "FetchedMailbox" (
    "id" TEXT NOT NULL,
    "state" "FetchedMailboxState" NOT NULL DEFAULT 'watched',
    "uidValidity" BIGINT,
    "lastUid" BIGINT NOT NULL DEFAULT 0,
    "stored" INTEGER NOT NULL DEFAULT 0,
    "keptOut" INTEGER NOT NULL DEFAULT 0,
    "tooLargeAt" TIMESTAMPTZ(3),
    "unmarkedAt" TIMESTAMPTZ(3),
    "lookedAt" TIMESTAMPTZ(3),
    "failedSince" TIMESTAMPTZ(3),
    "problem" TEXT,

    CONSTRAINT "FetchedMailbox_pkey" PRIMARY KEY ("id")
);
