-- CreateEnum
CREATE TYPE "CommentChannel" AS ENUM ('phone', 'letter', 'visit', 'mail', 'web');

-- AlterTable
ALTER TABLE "PublicComment" ADD COLUMN     "channel" "CommentChannel";
