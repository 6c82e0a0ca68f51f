-- A WebSocket cannot carry the bearer, so it is opened by a ticket that is
-- good once. In the database, so that it is once over all API processes.

-- CreateTable
CREATE TABLE "SubscriptionTicket" (
    "tokenHash" TEXT NOT NULL,
    "sessionId" UUID NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SubscriptionTicket_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateIndex
CREATE INDEX "SubscriptionTicket_expiresAt_idx" ON "SubscriptionTicket"("expiresAt");

-- AddForeignKey
ALTER TABLE "SubscriptionTicket" ADD CONSTRAINT "SubscriptionTicket_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "Session"("id") ON DELETE CASCADE ON UPDATE CASCADE;
