-- CreateTable
CREATE TABLE "AddressChange" (
    "number" SERIAL NOT NULL,
    "personId" TEXT NOT NULL,
    "wasEmail" TEXT,
    "wasUnreachable" TEXT,
    "email" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "changedBy" TEXT,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "AddressChange_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "AddressChange_personId_idx" ON "AddressChange"("personId");

-- AddForeignKey
ALTER TABLE "AddressChange" ADD CONSTRAINT "AddressChange_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
