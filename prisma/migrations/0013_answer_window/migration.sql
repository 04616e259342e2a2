-- AlterTable
ALTER TABLE "Mail" DROP COLUMN "tokenExpiresOn";
