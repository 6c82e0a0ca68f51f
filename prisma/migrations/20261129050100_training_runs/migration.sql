-- A candidate was made by a command at somebody's terminal: nobody could say
-- from what, by which settings, or go on with it. A run is a row that a trainer
-- takes, halts, goes on with and finishes; what it was asked for never changes.

CREATE TYPE "TrainingKind" AS ENUM ('RECALIBRATE', 'FINE_TUNE');
CREATE TYPE "TrainingState" AS ENUM
  ('QUEUED', 'RUNNING', 'PAUSED', 'STOPPED', 'DONE', 'FAILED');
CREATE TYPE "TrainingRehearsal" AS ENUM ('BASE_FILMS', 'PHANTOMS', 'NONE');

CREATE TABLE "TrainingRun" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "kind" "TrainingKind" NOT NULL,
    "state" "TrainingState" NOT NULL DEFAULT 'QUEUED',
    "name" TEXT NOT NULL,
    "datasetId" UUID NOT NULL,
    "datasetSha256" TEXT NOT NULL,
    "baseId" UUID NOT NULL,
    "baseFingerprint" TEXT NOT NULL,
    "barsId" UUID NOT NULL,
    "settings" JSONB NOT NULL,
    "seed" INTEGER NOT NULL,
    "byId" UUID NOT NULL,
    "byName" TEXT NOT NULL,
    "byEmail" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),
    "codeVersion" TEXT,
    "engine" TEXT,
    "rehearsal" "TrainingRehearsal",
    "phase" TEXT,
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER NOT NULL DEFAULT 0,
    "checkpoint" JSONB,
    "trainer" TEXT,
    "leaseToken" UUID,
    "leaseUntil" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "candidateId" UUID,
    "candidateSha256" TEXT,
    "candidateFiles" JSONB,
    "failureCode" TEXT,
    "failure" TEXT,

    CONSTRAINT "TrainingRun_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "TrainingRun_siteId_id_idx" ON "TrainingRun" ("siteId", "id" DESC);
CREATE INDEX "TrainingRun_candidateId_idx" ON "TrainingRun" ("candidateId");
-- What trainers look for each second: a handful of rows.
CREATE INDEX "TrainingRun_open" ON "TrainingRun" ("createdAt")
  WHERE "state" IN ('QUEUED', 'RUNNING');
-- Two candidates of one name could not be told apart on a page.
CREATE UNIQUE INDEX "TrainingRun_name" ON "TrainingRun" ("name")
  WHERE "state" NOT IN ('STOPPED', 'FAILED');

ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_datasetId_fkey"
  FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_baseId_fkey"
  FOREIGN KEY ("baseId") REFERENCES "ModelVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_barsId_fkey"
  FOREIGN KEY ("barsId") REFERENCES "BarsVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_byId_fkey"
  FOREIGN KEY ("byId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "TrainingRun" ADD CONSTRAINT "TrainingRun_candidateId_fkey"
  FOREIGN KEY ("candidateId") REFERENCES "ModelVersion"("id")
  ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "TrainingPoint" (
    "runId" UUID NOT NULL,
    "phase" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "loss" DOUBLE PRECISION NOT NULL,
    "heldOutLoss" DOUBLE PRECISION,
    "auroc" DOUBLE PRECISION,
    "drift" DOUBLE PRECISION,

    CONSTRAINT "TrainingPoint_pkey" PRIMARY KEY ("runId", "phase", "step")
);
ALTER TABLE "TrainingPoint" ADD CONSTRAINT "TrainingPoint_runId_fkey"
  FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "TrainingLogLine" (
    "runId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "TrainingLogLine_pkey" PRIMARY KEY ("runId", "seq")
);
ALTER TABLE "TrainingLogLine" ADD CONSTRAINT "TrainingLogLine_runId_fkey"
  FOREIGN KEY ("runId") REFERENCES "TrainingRun"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was asked for stays as it was asked for, and an end is an end.
CREATE FUNCTION training_run_refuse_change() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND (NEW."id", NEW."siteId", NEW."kind", NEW."name", NEW."datasetId",
      NEW."datasetSha256", NEW."baseId", NEW."baseFingerprint", NEW."barsId",
      NEW."settings", NEW."seed", NEW."byId", NEW."byName", NEW."byEmail",
      NEW."createdAt")
    IS NOT DISTINCT FROM (OLD."id", OLD."siteId", OLD."kind", OLD."name",
      OLD."datasetId", OLD."datasetSha256", OLD."baseId",
      OLD."baseFingerprint", OLD."barsId", OLD."settings", OLD."seed",
      OLD."byId", OLD."byName", OLD."byEmail", OLD."createdAt")
    AND (OLD."state" NOT IN ('STOPPED', 'DONE', 'FAILED')
      OR NEW."state" = OLD."state")
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a training run stays as it was asked for, and ends once: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER training_run_refuse_change BEFORE UPDATE OR DELETE ON "TrainingRun"
FOR EACH ROW EXECUTE FUNCTION training_run_refuse_change();
CREATE TRIGGER training_run_refuse_truncate BEFORE TRUNCATE ON "TrainingRun"
FOR EACH STATEMENT EXECUTE FUNCTION training_run_refuse_change();
