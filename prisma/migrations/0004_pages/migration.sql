-- AlterEnum
ALTER TYPE "OutboxKind" ADD VALUE 'notice';

-- AlterEnum
ALTER TYPE "MailState" ADD VALUE 'lapsed';

-- AlterTable
ALTER TABLE "Mail" ADD COLUMN     "deliverBy" DATE,
ADD COLUMN     "deliveredBy" TEXT,
ADD COLUMN     "deliveredOn" DATE;
