-- One row a reader and case holds what was spread over a claim on the case,
-- a reveal and a review: lease, blind opinion, reveal, draft, and what was
-- signed in versions. Existing claims, reveals and reviews move over whole:
-- a review keeps its id as the version's, so that the trail still finds it.

CREATE TYPE "ReadingState" AS ENUM ('OPEN', 'ENDED', 'SIGNED');
ALTER TYPE "ReviewStage" RENAME TO "ReadingStage";

-- CreateTable
CREATE TABLE "Reading" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "readerId" UUID NOT NULL,
    "stage" "ReadingStage" NOT NULL DEFAULT 'PRIMARY',
    "state" "ReadingState" NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "leaseExpiresAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "opinion" "Label",
    "opinionAt" TIMESTAMPTZ(3),
    "opinionIsBlind" BOOLEAN,
    "revealedAt" TIMESTAMPTZ(3),
    "revealedPredictionId" UUID,
    "draft" JSONB,
    "draftSavedAt" TIMESTAMPTZ(3),
    "notice" TEXT,
    "noticeAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Reading_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ReadingVersion" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "readingId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "readerId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "predictionId" UUID,
    "label" "Label" NOT NULL,
    "decision" "Decision" NOT NULL,
    "overrideReason" TEXT,
    "confidence" INTEGER,
    "findings" JSONB NOT NULL DEFAULT '[]',
    "comment" TEXT,
    "marks" JSONB NOT NULL DEFAULT '[]',
    "amendReason" TEXT,
    "signedAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReadingVersion_pkey" PRIMARY KEY ("id")
);

-- A review without a reason for an amendment began a reading; those that
-- amend it follow. The reading takes the id of the review that began it.
-- Before, the list showed the AI's answer, so nobody can say which of the
-- opinions were blind: "opinionIsBlind" stays null.
CREATE TEMPORARY TABLE old_version AS
SELECT review.*,
  (SELECT first."id" FROM "Review" AS first
    WHERE first."caseId" = review."caseId" AND first."stage" = review."stage"
      AND first."readerId" = review."readerId"
      AND first."version" <= review."version" AND first."amendReason" IS NULL
    ORDER BY first."version" DESC LIMIT 1) AS "readingId"
FROM "Review" AS review;

INSERT INTO "Reading" ("id", "siteId", "caseId", "readerId", "stage", "state",
  "startedAt", "endedAt", "opinion", "opinionAt", "revealedAt",
  "revealedPredictionId", "createdAt")
SELECT "id", "siteId", "caseId", "readerId", "stage", 'SIGNED',
  coalesce("revealedAt", "signedAt"), "signedAt", "blindLabel",
  CASE WHEN "blindLabel" IS NOT NULL THEN coalesce("revealedAt", "signedAt") END,
  "revealedAt", CASE WHEN "revealedAt" IS NOT NULL THEN "predictionId" END,
  "createdAt"
FROM old_version WHERE "readingId" = "id";

INSERT INTO "ReadingVersion" ("id", "siteId", "readingId", "caseId",
  "readerId", "version", "predictionId", "label", "decision",
  "overrideReason", "comment", "marks", "amendReason", "signedAt", "createdAt")
SELECT "id", "siteId", "readingId", "caseId", "readerId",
  row_number() OVER (PARTITION BY "readingId" ORDER BY "version"),
  "predictionId", "label", "decision", "overrideReason", "comment", "marks",
  "amendReason", "signedAt", "createdAt"
FROM old_version;

-- Claims that run, and reveals that led to no signature: of open cases.
INSERT INTO "Reading" ("id", "siteId", "caseId", "readerId", "state",
  "startedAt", "leaseExpiresAt", "endedAt", "opinion", "opinionAt",
  "revealedAt")
SELECT gen_random_uuid(), c."siteId", c."id", who."readerId",
  CASE WHEN who."isHolder" THEN 'OPEN' ELSE 'ENDED' END::"ReadingState",
  coalesce(reveal."revealedAt", c."updatedAt"),
  CASE WHEN who."isHolder" THEN coalesce(c."claimExpiresAt", c."updatedAt") END,
  CASE WHEN NOT who."isHolder" THEN reveal."revealedAt" END,
  reveal."blindLabel",
  CASE WHEN reveal."blindLabel" IS NOT NULL THEN reveal."revealedAt" END,
  reveal."revealedAt"
FROM "Case" AS c
CROSS JOIN LATERAL (
  SELECT c."claimedById" AS "readerId", true AS "isHolder"
  WHERE c."state" = 'READING' AND c."claimedById" IS NOT NULL
  UNION ALL
  SELECT "readerId", false FROM "CaseReveal"
  WHERE "caseId" = c."id" AND (c."state" <> 'READING'
    OR "readerId" IS DISTINCT FROM c."claimedById")
) AS who
LEFT JOIN "CaseReveal" AS reveal
  ON reveal."caseId" = c."id" AND reveal."readerId" = who."readerId"
WHERE NOT EXISTS (SELECT 1 FROM old_version
  WHERE old_version."caseId" = c."id"
    AND old_version."readerId" = who."readerId"
    AND old_version."revealedAt" IS NOT DISTINCT FROM reveal."revealedAt"
    AND NOT who."isHolder");

-- The answer that an unsigned reveal showed: the film's newest then.
UPDATE "Reading" SET "revealedPredictionId" = (
  SELECT prediction."id" FROM "Prediction" AS prediction
  JOIN "Image" ON "Image"."id" = prediction."imageId"
  JOIN "Case" ON "Case"."studyId" = "Image"."studyId"
  WHERE "Case"."id" = "Reading"."caseId"
    AND prediction."createdAt" <= "Reading"."revealedAt"
  ORDER BY prediction."probability" - prediction."threshold" DESC NULLS LAST,
    prediction."createdAt" DESC LIMIT 1)
WHERE "revealedAt" IS NOT NULL AND "revealedPredictionId" IS NULL;

-- Nothing may be lost on the way.
DO $$
BEGIN
  IF (SELECT count(*) FROM "Review") <> (SELECT count(*) FROM "ReadingVersion")
  OR EXISTS (SELECT 1 FROM "CaseReveal" AS reveal WHERE NOT EXISTS (
    SELECT 1 FROM "Reading" WHERE "caseId" = reveal."caseId"
      AND "readerId" = reveal."readerId" AND "revealedAt" IS NOT NULL))
  THEN RAISE EXCEPTION 'reviews or reveals would be lost: nothing was changed';
  END IF;
END $$;

DROP TABLE "CaseReveal";
DROP TABLE "Review";
DROP FUNCTION review_refuse_change();

-- AlterTable
ALTER TABLE "Case" ADD COLUMN "reopenedAt" TIMESTAMPTZ(3),
ADD COLUMN "isControl" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "Reading_caseId_startedAt_idx" ON "Reading"("caseId", "startedAt");
CREATE INDEX "Reading_readerId_caseId_idx" ON "Reading"("readerId", "caseId");
CREATE UNIQUE INDEX "ReadingVersion_readingId_version_key" ON "ReadingVersion"("readingId", "version");
CREATE INDEX "ReadingVersion_caseId_signedAt_idx" ON "ReadingVersion"("caseId", "signedAt");
CREATE INDEX "ReadingVersion_siteId_signedAt_idx" ON "ReadingVersion"("siteId", "signedAt");
CREATE INDEX "ReadingVersion_readerId_signedAt_idx" ON "ReadingVersion"("readerId", "signedAt");

-- One reader at a time holds a case, and has one unsigned reading of it.
CREATE UNIQUE INDEX "Reading_open" ON "Reading" ("caseId")
  WHERE "state" = 'OPEN';
CREATE UNIQUE INDEX "Reading_unsigned" ON "Reading"
  ("caseId", "readerId", "stage") WHERE "state" <> 'SIGNED';
-- What a reader has to be told of what he signed: a handful.
CREATE INDEX "Reading_notice" ON "Reading" ("readerId")
  WHERE "notice" IS NOT NULL;
ALTER TABLE "Reading" ADD CONSTRAINT "Reading_lease_check"
  CHECK (("state" = 'OPEN') = ("leaseExpiresAt" IS NOT NULL));
ALTER TABLE "ReadingVersion" ADD CONSTRAINT "ReadingVersion_confidence_check"
  CHECK ("confidence" BETWEEN 1 AND 5);

-- AddForeignKey
ALTER TABLE "Reading" ADD CONSTRAINT "Reading_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Reading" ADD CONSTRAINT "Reading_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ReadingVersion" ADD CONSTRAINT "ReadingVersion_readingId_fkey" FOREIGN KEY ("readingId") REFERENCES "Reading"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ReadingVersion" ADD CONSTRAINT "ReadingVersion_predictionId_fkey" FOREIGN KEY ("predictionId") REFERENCES "Prediction"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What was signed never changes; an amendment is a row of its own.
CREATE FUNCTION reading_version_refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'signed readings are never changed: amend with a next version'
    USING ERRCODE = 'insufficient_privilege';
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER reading_version_refuse_change
BEFORE UPDATE OR DELETE ON "ReadingVersion"
FOR EACH ROW EXECUTE FUNCTION reading_version_refuse_change();
CREATE TRIGGER reading_version_refuse_truncate BEFORE TRUNCATE ON "ReadingVersion"
FOR EACH STATEMENT EXECUTE FUNCTION reading_version_refuse_change();
