-- AlterTable
ALTER TABLE "Assignment" ADD COLUMN     "bodyId" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "Body_roundId_name_key" ON "Body"("roundId", "name");

-- CreateIndex
CREATE INDEX "Assignment_bodyId_role_idx" ON "Assignment"("bodyId", "role");

-- AddForeignKey
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_bodyId_fkey" FOREIGN KEY ("bodyId") REFERENCES "Body"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A role is held for an issue or for a body, never for both at once.
ALTER TABLE "Assignment" ADD CONSTRAINT "Assignment_one_subject" CHECK ("issueId" IS NULL OR "bodyId" IS NULL);
