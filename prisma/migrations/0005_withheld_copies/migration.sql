-- Who of a line was told nothing when it was taken back, so that the same line can come back to him.
-- AlterTable
ALTER TABLE "OutboxRow" ADD COLUMN     "withheld" JSONB;
