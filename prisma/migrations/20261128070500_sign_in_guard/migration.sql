-- Who set a password, and whether it is good for more than one sign-in: an
-- admin who knows a password must not be able to act as its owner. When a
-- person last proved who they are in a session: a signature wants it fresh.
-- And who may guess how often, over all API processes.

-- CreateEnum
CREATE TYPE "PasswordState" AS ENUM ('OWN', 'FIRST', 'FIRST_USED');

-- AlterTable
ALTER TABLE "User" DROP COLUMN "lockedUntil",
ADD COLUMN     "lastFailedSignInAt" TIMESTAMPTZ(3),
ADD COLUMN     "passwordSetAt" TIMESTAMPTZ(3),
ADD COLUMN     "passwordState" "PasswordState" NOT NULL DEFAULT 'OWN';

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "failedBefore" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "isByPassword" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "lastFailedAt" TIMESTAMPTZ(3),
ADD COLUMN     "provedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "KnownDevice" (
    "tokenHash" TEXT NOT NULL,
    "userId" UUID NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KnownDevice_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "AttemptLimit" (
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "level" DOUBLE PRECISION NOT NULL,
    "countedAt" TIMESTAMPTZ(3) NOT NULL,
    "blockedUntil" TIMESTAMPTZ(3),
    "isAllowed" BOOLEAN NOT NULL,

    CONSTRAINT "AttemptLimit_pkey" PRIMARY KEY ("kind","key")
);

-- CreateIndex
CREATE INDEX "KnownDevice_userId_lastUsedAt_idx" ON "KnownDevice"("userId", "lastUsedAt");

-- AddForeignKey
ALTER TABLE "KnownDevice" ADD CONSTRAINT "KnownDevice_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
