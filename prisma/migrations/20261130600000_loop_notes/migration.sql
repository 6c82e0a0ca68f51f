-- People are told of what waits for a second of them, of what he decided, and
-- of a training run or judgement of theirs that is over: docs/decisions/0088.
ALTER TYPE "InboxKind" ADD VALUE 'PROMOTION_PROPOSED';
ALTER TYPE "InboxKind" ADD VALUE 'PROMOTION_DECIDED';
ALTER TYPE "InboxKind" ADD VALUE 'THRESHOLD_PROPOSED';
ALTER TYPE "InboxKind" ADD VALUE 'THRESHOLD_DECIDED';
ALTER TYPE "InboxKind" ADD VALUE 'TRAINING_DONE';
ALTER TYPE "InboxKind" ADD VALUE 'TRAINING_FAILED';
ALTER TYPE "InboxKind" ADD VALUE 'JUDGED';

ALTER TABLE "InboxItem"
  ADD COLUMN "promotionId" UUID,
  ADD COLUMN "thresholdProposalId" UUID,
  ADD COLUMN "trainingRunId" UUID,
  ADD COLUMN "judgementId" UUID;
ALTER TABLE "InboxItem" ADD CONSTRAINT "InboxItem_promotionId_fkey"
  FOREIGN KEY ("promotionId") REFERENCES "Promotion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InboxItem" ADD CONSTRAINT "InboxItem_thresholdProposalId_fkey"
  FOREIGN KEY ("thresholdProposalId") REFERENCES "ThresholdProposal"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InboxItem" ADD CONSTRAINT "InboxItem_trainingRunId_fkey"
  FOREIGN KEY ("trainingRunId") REFERENCES "TrainingRun"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InboxItem" ADD CONSTRAINT "InboxItem_judgementId_fkey"
  FOREIGN KEY ("judgementId") REFERENCES "Judgement"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- A note is still of one thing.
ALTER TABLE "InboxItem" DROP CONSTRAINT "InboxItem_of_one_thing";
ALTER TABLE "InboxItem" ADD CONSTRAINT "InboxItem_of_one_thing"
  CHECK (num_nonnulls("caseId", "alarmId", "promotionId",
    "thresholdProposalId", "trainingRunId", "judgementId") = 1);
