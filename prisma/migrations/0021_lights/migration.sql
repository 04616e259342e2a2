-- CreateEnum
CREATE TYPE "ClosureOutcome" AS ENUM ('done', 'basicallyDone', 'longTerm');

-- CreateEnum
CREATE TYPE "IdleLight" AS ENUM ('green', 'none');

-- AlterTable
ALTER TABLE "Issue" ADD COLUMN     "closedAs" "ClosureOutcome",
ADD COLUMN     "lightIdle" "IdleLight",
ADD COLUMN     "redFrom" DATE,
ADD COLUMN     "yellowFrom" DATE;

-- AlterTable
ALTER TABLE "Measure" ADD COLUMN     "lightIdle" "IdleLight",
ADD COLUMN     "redFrom" DATE,
ADD COLUMN     "yellowFrom" DATE;

-- CreateIndex
CREATE INDEX "Issue_list_idx" ON "Issue"("roundId", "number", "yellowFrom", "redFrom", "lightIdle", "phase");
