-- AlterTable
ALTER TABLE "Delivery" ADD COLUMN     "linkHash" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Delivery_linkHash_key" ON "Delivery"("linkHash");
