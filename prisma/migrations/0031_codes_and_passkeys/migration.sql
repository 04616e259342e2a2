-- AlterTable
ALTER TABLE "AccountTotp" ADD COLUMN     "lastStep" INTEGER;

-- CreateTable
CREATE TABLE "AccountPasskey" (
    "id" TEXT NOT NULL,
    "accountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "AccountPasskey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "AccountPasskey_accountId_idx" ON "AccountPasskey"("accountId");

-- AddForeignKey
ALTER TABLE "AccountPasskey" ADD CONSTRAINT "AccountPasskey_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
