-- A case without films is in no bucket, and so in none of the worklist's
-- indexes. Everything else as before; no row has the new state yet.
CREATE OR REPLACE FUNCTION worklist_bucket(
  "state" "CaseState", "assessment" "AssessmentState", "urgency" "Urgency",
  "label" "Label", "probability" double precision,
  "threshold" double precision, "assigneeId" uuid
) RETURNS integer IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT CASE WHEN "state" = 'EMPTY' THEN -1 ELSE
    (((CASE WHEN "state" = 'WAITING' THEN 0 WHEN "state" = 'READING' THEN 1
        WHEN "label" = 'NOT_DIAGNOSTIC' THEN 3 ELSE 2 END * 4
    + CASE "assessment" WHEN 'PENDING' THEN 0 WHEN 'NOT_ASSESSED' THEN 1
        ELSE CASE WHEN "probability" >= "threshold" THEN 3 ELSE 2 END END) * 4
    + CASE "urgency" WHEN 'CRITICAL' THEN 0 WHEN 'URGENT' THEN 1
        WHEN 'SOON' THEN 2 ELSE 3 END) * 4
    + CASE WHEN "state" <> 'SIGNED' OR "label" IS NULL
          OR "label" = 'NOT_DIAGNOSTIC' THEN 0
        WHEN "label" = 'NORMAL' THEN 1 WHEN "label" = 'PNEUMONIA' THEN 2
        ELSE 3 END) * 2
    + CASE WHEN "assigneeId" IS NULL THEN 0 ELSE 1 END
  END
$$;

ALTER TABLE "Case" DROP CONSTRAINT "Case_worklistBucket_check";
ALTER TABLE "Case" ADD CONSTRAINT "Case_worklistBucket_check"
  CHECK (("worklistBucket" < 0) = ("state" = 'EMPTY'));

-- A film out of sight keeps its row, its bytes and its predictions.
ALTER TABLE "Image" ADD COLUMN "removedAt" TIMESTAMPTZ(3);

-- What somebody corrected about one film: in which study it is, whether it is
-- seen at all.
CREATE TYPE "FilmCorrectionKind" AS ENUM ('MOVED', 'REMOVED');
CREATE TABLE "FilmCorrection" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "kind" "FilmCorrectionKind" NOT NULL,
    "studyId" UUID NOT NULL,
    "toStudyId" UUID,
    "reason" TEXT NOT NULL,
    "byId" UUID NOT NULL,
    "byName" TEXT NOT NULL,
    "correctedAt" TIMESTAMPTZ(3) NOT NULL,
    "undoneAt" TIMESTAMPTZ(3),
    "undoneById" UUID,
    "undoneByName" TEXT,
    "undoReason" TEXT,

    CONSTRAINT "FilmCorrection_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "FilmCorrection_kind_check" CHECK (
      ("kind" = 'MOVED') = ("toStudyId" IS NOT NULL)),
    CONSTRAINT "FilmCorrection_undone_check" CHECK (
      ("undoneAt" IS NULL) = ("undoneById" IS NULL)
      AND ("undoneAt" IS NULL) = ("undoReason" IS NULL))
);
CREATE INDEX "FilmCorrection_studyId_id_idx"
  ON "FilmCorrection" ("studyId", "id" DESC);
CREATE INDEX "FilmCorrection_toStudyId_id_idx"
  ON "FilmCorrection" ("toStudyId", "id" DESC);
CREATE INDEX "FilmCorrection_imageId_id_idx"
  ON "FilmCorrection" ("imageId", "id" DESC);
ALTER TABLE "FilmCorrection" ADD CONSTRAINT "FilmCorrection_imageId_fkey"
  FOREIGN KEY ("imageId") REFERENCES "Image"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "FilmCorrection" ADD CONSTRAINT "FilmCorrection_studyId_fkey"
  FOREIGN KEY ("studyId") REFERENCES "Study"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "FilmCorrection" ADD CONSTRAINT "FilmCorrection_toStudyId_fkey"
  FOREIGN KEY ("toStudyId") REFERENCES "Study"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- Undone once, with who and why, and never changed or removed.
CREATE FUNCTION film_correction_refuse_change() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."undoneAt" IS NULL AND NEW."undoneAt" IS NOT NULL
    AND (NEW."id", NEW."siteId", NEW."imageId", NEW."kind", NEW."studyId",
      NEW."toStudyId", NEW."reason", NEW."byId", NEW."byName",
      NEW."correctedAt")
    IS NOT DISTINCT FROM (OLD."id", OLD."siteId", OLD."imageId", OLD."kind",
      OLD."studyId", OLD."toStudyId", OLD."reason", OLD."byId",
      OLD."byName", OLD."correctedAt") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'film corrections are append-only: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER film_correction_refuse_change
BEFORE UPDATE OR DELETE ON "FilmCorrection"
FOR EACH ROW EXECUTE FUNCTION film_correction_refuse_change();
CREATE TRIGGER film_correction_refuse_truncate
BEFORE TRUNCATE ON "FilmCorrection"
FOR EACH STATEMENT EXECUTE FUNCTION film_correction_refuse_change();

-- Where a film may be moved to is found by the examination's number as well.
CREATE INDEX "Study_siteId_accessionNumber_idx"
  ON "Study" ("siteId", "accessionNumber");

-- A case is found by every number of the person: also by those of records
-- that were merged into his, directly or through a third. Runs after
-- `case_worklist_columns`, by its name.
CREATE FUNCTION case_worklist_numbers() RETURNS trigger AS $$
DECLARE
  "numbers" text;
BEGIN
  WITH RECURSIVE merged AS (
    SELECT p."id", p."mrn" FROM "Patient" p
    WHERE p."mergedIntoId" = NEW."patientId"
    UNION
    SELECT p."id", p."mrn"
    FROM merged m JOIN "Patient" p ON p."mergedIntoId" = m."id")
  SELECT string_agg(DISTINCT n."value", ' ') INTO "numbers" FROM (
    SELECT m."mrn" AS "value" FROM merged m WHERE m."mrn" IS NOT NULL
    UNION
    SELECT i."value" FROM merged m
    JOIN "PatientIdentifier" i ON i."patientId" = m."id") n;
  IF "numbers" IS NOT NULL THEN
    NEW."searchText" := concat_ws(' ', NEW."searchText", fold_search("numbers"));
  END IF;
  RETURN NEW;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER case_worklist_numbers BEFORE INSERT OR UPDATE ON "Case"
FOR EACH ROW EXECUTE FUNCTION case_worklist_numbers();

-- The pointer of a record is set after its cases have gone over.
CREATE FUNCTION case_numbers_of_patient() RETURNS trigger AS $$
BEGIN
  UPDATE "Case" SET "searchText" = "searchText"
  WHERE "patientId" IN (NEW."mergedIntoId", OLD."mergedIntoId");
  RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER case_numbers_of_patient AFTER UPDATE OF "mergedIntoId" ON "Patient"
FOR EACH ROW WHEN (OLD."mergedIntoId" IS DISTINCT FROM NEW."mergedIntoId")
EXECUTE FUNCTION case_numbers_of_patient();
UPDATE "Case" SET "searchText" = "searchText" WHERE "patientId" IN (
  SELECT p."mergedIntoId" FROM "Patient" p WHERE p."mergedIntoId" IS NOT NULL);
