-- A worker that was stopped (SIGSTOP), swapped out or cut off from the network
-- keeps its connection, and with it the advisory lock that says it lives: its
-- films waited for ever. So each worker writes here, by the database's clock,
-- that it goes on; whoever misses that takes its jobs over. The desk also
-- reads here whether the AI is away and since when.
CREATE TABLE "WorkerProcess" (
  "id" UUID NOT NULL,
  "host" TEXT NOT NULL,
  "pid" INTEGER NOT NULL,
  "jobWorkerIds" TEXT[] NOT NULL DEFAULT '{}',
  "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "endedAt" TIMESTAMPTZ(3),

  CONSTRAINT "WorkerProcess_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "WorkerProcess_seenAt_idx" ON "WorkerProcess"("seenAt");
