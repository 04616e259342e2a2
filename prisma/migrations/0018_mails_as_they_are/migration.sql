-- Base64 hardly shrinks, and pressing it took half of what writing a mail down costs.
ALTER TABLE "Mail" ALTER COLUMN "raw" SET STORAGE EXTERNAL;
ALTER TABLE "IncomingMail" ALTER COLUMN "raw" SET STORAGE EXTERNAL;
