-- AlterTable
ALTER TABLE "Delegation" ADD COLUMN     "enteredAt" TIMESTAMPTZ(3),
ADD COLUMN     "enteredBy" TEXT,
ADD COLUMN     "revokedBy" TEXT;

-- AlterTable
ALTER TABLE "CalendarVersion" ADD COLUMN     "publishedBy" TEXT;

-- CreateTable
CREATE TABLE "DirectoryImport" (
    "number" SERIAL NOT NULL,
    "fileName" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "importedBy" TEXT,
    "importedAt" TIMESTAMPTZ(3) NOT NULL,
    "added" JSONB NOT NULL,
    "changed" JSONB NOT NULL,
    "unchanged" INTEGER NOT NULL,

    CONSTRAINT "DirectoryImport_pkey" PRIMARY KEY ("number")
);
