-- CreateTable
CREATE TABLE "LookBackPhoto" (
    "id" TEXT NOT NULL,
    "issueId" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "fileName" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "keptAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LookBackPhoto_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "LookBackPhoto_issueId_idx" ON "LookBackPhoto"("issueId");

-- AddForeignKey
ALTER TABLE "LookBackPhoto" ADD CONSTRAINT "LookBackPhoto_issueId_fkey" FOREIGN KEY ("issueId") REFERENCES "Issue"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LookBackPhoto" ADD CONSTRAINT "LookBackPhoto_sha256_fkey" FOREIGN KEY ("sha256") REFERENCES "EvidenceFile"("sha256") ON DELETE RESTRICT ON UPDATE CASCADE;
