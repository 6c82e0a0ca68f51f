-- What the AI does at each site from day to day, and alarms where it changes.

-- The input as it was measured on the way to the net; nobody knows it of films
-- that were assessed before.
ALTER TABLE "Prediction" ADD COLUMN "greyMean" DOUBLE PRECISION,
  ADD COLUMN "greySpan" DOUBLE PRECISION,
  ADD COLUMN "gateDistance" DOUBLE PRECISION;
-- Predictions of a day, and those after a moment, are read along this.
CREATE INDEX "Prediction_createdAt_id_idx" ON "Prediction" ("createdAt", "id");
CREATE INDEX "ReadingVersion_createdAt_id_idx"
  ON "ReadingVersion" ("createdAt", "id");

CREATE TABLE "MonitoringDay" (
    "siteId" UUID NOT NULL,
    "day" DATE NOT NULL,
    "source" TEXT NOT NULL,
    "ageGroup" TEXT NOT NULL,
    "sex" "Sex" NOT NULL,
    "films" INTEGER NOT NULL DEFAULT 0,
    "assessed" INTEGER NOT NULL DEFAULT 0,
    "refusals" JSONB NOT NULL DEFAULT '{}',
    "greyFilms" INTEGER NOT NULL DEFAULT 0,
    "greyMeanSum" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "greyMeanSquares" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "greySpanSum" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "greySpanSquares" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "distanceFilms" INTEGER NOT NULL DEFAULT 0,
    "distanceSum" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "distanceSquares" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "probabilitySum" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "probabilitySquares" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "confirmed" INTEGER NOT NULL DEFAULT 0,
    "overridden" INTEGER NOT NULL DEFAULT 0,
    "reasons" JSONB NOT NULL DEFAULT '{}',
    "truePositive" INTEGER NOT NULL DEFAULT 0,
    "falsePositive" INTEGER NOT NULL DEFAULT 0,
    "trueNegative" INTEGER NOT NULL DEFAULT 0,
    "falseNegative" INTEGER NOT NULL DEFAULT 0,
    "contradicted" INTEGER NOT NULL DEFAULT 0,
    "followed" INTEGER NOT NULL DEFAULT 0,
    "helped" INTEGER NOT NULL DEFAULT 0,
    "misled" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "MonitoringDay_pkey"
      PRIMARY KEY ("siteId", "day", "source", "ageGroup", "sex")
);

CREATE TABLE "MonitoringWatch" (
    "siteId" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "scope" TEXT NOT NULL DEFAULT '',
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,
    "counts" INTEGER[],
    "statistics" JSONB NOT NULL,
    "baseline" INTEGER[],
    "recent" INTEGER[],
    "level" DOUBLE PRECISION NOT NULL DEFAULT 0,

    CONSTRAINT "MonitoringWatch_pkey" PRIMARY KEY ("siteId", "metric", "scope")
);

CREATE TABLE "MonitoringCursor" (
    "stream" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "id" UUID NOT NULL,

    CONSTRAINT "MonitoringCursor_pkey" PRIMARY KEY ("stream")
);

CREATE TYPE "AlarmKind" AS ENUM
  ('DRIFT', 'AI_SILENT', 'SOURCE_SILENT', 'GOLDEN_FILM');
CREATE TABLE "Alarm" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "kind" "AlarmKind" NOT NULL,
    "subject" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "raisedAt" TIMESTAMPTZ(3) NOT NULL,
    "figures" JSONB NOT NULL,
    "ownerId" UUID,
    "ownerName" TEXT,
    "acknowledgedAt" TIMESTAMPTZ(3),
    "acknowledgedById" UUID,
    "acknowledgedByName" TEXT,
    "note" TEXT,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Alarm_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Alarm_siteId_id_idx" ON "Alarm" ("siteId", "id" DESC);
-- Whatever raises it, and however many do at once: one alarm of one thing.
CREATE UNIQUE INDEX "Alarm_open" ON "Alarm" ("siteId", "kind", "subject")
  WHERE "endedAt" IS NULL;

CREATE TABLE "GoldenRun" (
    "id" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "film" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "ranAt" TIMESTAMPTZ(3) NOT NULL,
    "probability" DOUBLE PRECISION,
    "reference" DOUBLE PRECISION,
    "isSame" BOOLEAN NOT NULL,

    CONSTRAINT "GoldenRun_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "GoldenRun_modelVersionId_film_id_idx"
  ON "GoldenRun" ("modelVersionId", "film", "id");
CREATE INDEX "GoldenRun_modelVersionId_host_id_idx"
  ON "GoldenRun" ("modelVersionId", "host", "id" DESC);
