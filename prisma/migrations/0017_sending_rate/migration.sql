-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "triedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "PostOffice" ADD COLUMN     "held" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "heldUntil" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Mail_triedAt_idx" ON "Mail"("triedAt");
