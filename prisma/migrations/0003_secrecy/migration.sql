-- CreateEnum
CREATE TYPE "Told" AS ENUM ('words', 'codeOnly');

-- CreateEnum
CREATE TYPE "DomainTrust" AS ENUM ('trusted', 'distrusted');

-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "told" "Told" NOT NULL DEFAULT 'words',
ADD COLUMN     "toldBecause" JSONB;

-- CreateTable
CREATE TABLE "MailDomainDecision" (
    "number" SERIAL NOT NULL,
    "domain" TEXT NOT NULL,
    "trust" "DomainTrust" NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "decidedBy" TEXT NOT NULL,
    "decidedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MailDomainDecision_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "MailDomainDecision_domain_idx" ON "MailDomainDecision"("domain");
