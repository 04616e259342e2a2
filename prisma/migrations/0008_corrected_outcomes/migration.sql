-- AlterEnum
ALTER TYPE "AccountabilityEnd" ADD VALUE 'struck';

-- AlterTable
ALTER TABLE "AccountabilityOutcome" ADD COLUMN     "correctsId" TEXT,
ADD COLUMN     "reason" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE UNIQUE INDEX "AccountabilityOutcome_correctsId_key" ON "AccountabilityOutcome"("correctsId");

-- AddForeignKey
ALTER TABLE "AccountabilityOutcome" ADD CONSTRAINT "AccountabilityOutcome_correctsId_fkey" FOREIGN KEY ("correctsId") REFERENCES "AccountabilityOutcome"("id") ON DELETE SET NULL ON UPDATE CASCADE;
