-- Reasons that somebody types for what is no step on a case: a merge, an alarm,
-- a promotion, a policy. As "KeptText": a row goes when its words are sent, in
-- the same transaction, and after a month by the worker.
CREATE TYPE "KeptReasonKind" AS ENUM ('MERGE', 'NOT_SAME', 'NOT_SAME_BACK', 'MERGE_UNDO', 'WITHDRAWAL', 'WITHDRAWAL_LIFT', 'ALARM', 'PROMOTION_PROPOSAL', 'PROMOTION_APPROVAL', 'PROMOTION_REJECTION', 'PROMOTION_ROLLBACK', 'BARS', 'THRESHOLD_CHANGE', 'SINGLE_APPROVAL', 'THRESHOLD_DECLINE', 'POLICY', 'PROCEDURE_NEW', 'PROCEDURE_CHANGE');

CREATE TABLE "KeptReason" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "patientId" UUID,
    "kind" "KeptReasonKind" NOT NULL,
    "aboutId" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "keptAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KeptReason_pkey" PRIMARY KEY ("id")
);
-- One of each kind about each thing: two desks of one person share it.
CREATE UNIQUE INDEX "KeptReason_userId_kind_aboutId_part_key"
  ON "KeptReason" ("userId", "kind", "aboutId", "part");
CREATE INDEX "KeptReason_keptAt_idx" ON "KeptReason" ("keptAt");

-- They are nobody's without their person, and no record.
ALTER TABLE "KeptReason" ADD CONSTRAINT "KeptReason_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "User"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;
