-- AlterEnum
ALTER TYPE "MailState" ADD VALUE 'replaced';
