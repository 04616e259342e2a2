-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "handedOverAt" TIMESTAMPTZ(3);
