-- A patient's record can be erased, by two people. What stays is a row without
-- name and number, and the trail. The application's role may remove none of
-- the rows that are only ever added; one function of the tables' owner does,
-- for an erasure that was approved, and in no other way.

CREATE TYPE "ErasureCause" AS ENUM ('ASKED', 'RETENTION');
CREATE TYPE "ErasureState" AS ENUM ('PROPOSED', 'APPROVED', 'REJECTED');

CREATE TABLE "Erasure" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "pseudonym" TEXT NOT NULL,
    "cause" "ErasureCause" NOT NULL,
    "state" "ErasureState" NOT NULL DEFAULT 'PROPOSED',
    "reason" TEXT NOT NULL,
    "policyVersion" INTEGER,
    "proposedById" UUID NOT NULL,
    "proposedByName" TEXT NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "decisionReason" TEXT,
    "decidedById" UUID,
    "decidedByName" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "counts" JSONB NOT NULL,
    "exports" JSONB NOT NULL DEFAULT '[]',
    "emptiedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Erasure_pkey" PRIMARY KEY ("id"),
    -- The second person is another one, whatever the code says.
    CONSTRAINT "Erasure_by_two"
      CHECK ("state" <> 'APPROVED' OR "decidedById" <> "proposedById"),
    CONSTRAINT "Erasure_decided" CHECK (("state" = 'PROPOSED')
      = ("decidedById" IS NULL AND "decidedAt" IS NULL))
);
CREATE INDEX "Erasure_siteId_id_idx" ON "Erasure" ("siteId", "id" DESC);
CREATE INDEX "Erasure_patientId_idx" ON "Erasure" ("patientId");
CREATE UNIQUE INDEX "Erasure_open"
  ON "Erasure" ("patientId") WHERE "state" = 'PROPOSED';
ALTER TABLE "Erasure" ADD CONSTRAINT "Erasure_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "ErasedObject" (
    "id" UUID NOT NULL,
    "erasureId" UUID NOT NULL,
    "sha256" TEXT,
    "objectKey" TEXT,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ErasedObject_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ErasedObject_one"
      CHECK (("sha256" IS NULL) <> ("objectKey" IS NULL))
);
CREATE INDEX "ErasedObject_erasureId_idx" ON "ErasedObject" ("erasureId");
ALTER TABLE "ErasedObject" ADD CONSTRAINT "ErasedObject_erasureId_fkey"
  FOREIGN KEY ("erasureId") REFERENCES "Erasure"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- Decided once; after that only its counts' end is noted, once.
CREATE FUNCTION erasure_refuse_change() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND (NEW."id", NEW."siteId", NEW."patientId", NEW."pseudonym", NEW."cause",
      NEW."reason", NEW."policyVersion", NEW."proposedById",
      NEW."proposedByName", NEW."proposedAt")
    IS NOT DISTINCT FROM (OLD."id", OLD."siteId", OLD."patientId",
      OLD."pseudonym", OLD."cause", OLD."reason", OLD."policyVersion",
      OLD."proposedById", OLD."proposedByName", OLD."proposedAt")
    AND (OLD."state" = 'PROPOSED'
      OR (OLD."state" = 'APPROVED' AND OLD."emptiedAt" IS NULL
        AND NEW."emptiedAt" IS NOT NULL
        AND (NEW."state", NEW."decisionReason", NEW."decidedById",
          NEW."decidedByName", NEW."decidedAt", NEW."counts", NEW."exports")
        IS NOT DISTINCT FROM (OLD."state", OLD."decisionReason",
          OLD."decidedById", OLD."decidedByName", OLD."decidedAt",
          OLD."counts", OLD."exports")))
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'an erasure is decided once and stays: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER erasure_refuse_change BEFORE UPDATE OR DELETE ON "Erasure"
FOR EACH ROW EXECUTE FUNCTION erasure_refuse_change();
CREATE TRIGGER erasure_refuse_truncate BEFORE TRUNCATE ON "Erasure"
FOR EACH STATEMENT EXECUTE FUNCTION erasure_refuse_change();

-- Whether the function below is at it in this transaction. The setting alone is
-- no proof, since anybody may set one: it counts for the tables' owner, as whom
-- that function runs.
CREATE FUNCTION is_erasing() RETURNS boolean STABLE LANGUAGE sql
SET search_path = pg_catalog, public AS $$
  SELECT coalesce(current_setting('lung_iris.erasing', true)
      = txid_current()::text, false)
    AND (SELECT r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
      WHERE c.oid = 'public."Patient"'::regclass) = current_user
$$;

-- The tables of a patient's record that refuse every change: not to it.
DO $$
DECLARE
  kept record;
BEGIN
  FOR kept IN
    SELECT c.relname AS "table", t.tgname AS "name", p.proname AS "function"
    FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE c.relnamespace = 'public'::regnamespace
      AND c.relname IN ('CaseComment', 'CaseCommentVersion', 'CaseLabel',
        'CriticalResult', 'DatasetMember', 'FilmCorrection',
        'LearningWithdrawal', 'PatientMerge', 'PreliminaryReport',
        'ProcedureRun', 'ReadingVersion', 'StudyCorrection')
      AND t.tgname LIKE '%\_refuse\_change'
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %I', kept."name", kept."table");
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I
      FOR EACH ROW WHEN (NOT is_erasing()) EXECUTE FUNCTION %I()',
      kept."name", kept."table", kept."function");
  END LOOP;
END
$$;

-- Every record of a person: the one that counts, and all that point to it.
CREATE FUNCTION records_of_person(of_patient uuid) RETURNS uuid[]
STABLE LANGUAGE sql SET search_path = pg_catalog, public AS $$
  WITH RECURSIVE up AS (
    SELECT "id", "mergedIntoId" FROM "Patient" WHERE "id" = of_patient
    UNION
    SELECT p."id", p."mergedIntoId"
    FROM up JOIN "Patient" p ON p."id" = up."mergedIntoId"),
  person AS (
    SELECT "id" FROM up WHERE "mergedIntoId" IS NULL
    UNION
    SELECT p."id" FROM person JOIN "Patient" p ON p."mergedIntoId" = person."id")
  SELECT coalesce(array_agg("id" ORDER BY "id"), '{}') FROM person
$$;

-- Takes every row of an approved erasure's person, and notes the bytes that
-- have to go after them. Exports that hold a film of his are served no more.
CREATE FUNCTION erase_patient(of_erasure uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  erasure "Erasure";
  records uuid[];
  studies uuid[];
  cases uuid[];
  films uuid[];
  datasets uuid[];
  uploads uuid[];
BEGIN
  SELECT * INTO erasure FROM "Erasure" WHERE "id" = of_erasure FOR UPDATE;
  IF NOT FOUND OR erasure."state" <> 'APPROVED' THEN
    RAISE EXCEPTION 'no approved erasure: %', of_erasure;
  END IF;
  records := records_of_person(erasure."patientId");
  studies := ARRAY(SELECT "id" FROM "Study" WHERE "patientId" = ANY (records));
  cases := ARRAY(SELECT "id" FROM "Case" WHERE "studyId" = ANY (studies));
  films := ARRAY(SELECT "id" FROM "Image" WHERE "studyId" = ANY (studies));
  datasets := ARRAY(SELECT DISTINCT "datasetId" FROM "DatasetMember"
    WHERE "caseId" = ANY (cases) OR "imageId" = ANY (films));
  uploads := ARRAY(SELECT "id" FROM "ResumableUpload"
    WHERE "outcome"->>'studyId' = ANY (studies::text[])
      OR "outcome"->>'imageId' = ANY (films::text[]));

  INSERT INTO "ErasedObject" ("id", "erasureId", "sha256")
  SELECT gen_random_uuid(), of_erasure, "sha256" FROM "Image"
  WHERE "id" = ANY (films) GROUP BY "sha256";
  INSERT INTO "ErasedObject" ("id", "erasureId", "objectKey")
  SELECT gen_random_uuid(), of_erasure, "objectKey" FROM "Dataset"
  WHERE "id" = ANY (datasets) AND "objectKey" IS NOT NULL
  UNION ALL
  SELECT gen_random_uuid(), of_erasure, "key" FROM "ResumablePart"
  WHERE "uploadId" = ANY (uploads);

  -- What left keeps its checksum, by which a copy of it is known.
  UPDATE "Dataset" SET "state" = 'FAILED', "objectKey" = NULL, "bytes" = NULL,
    "error" = 'A patient whose films it held was erased.'
  WHERE "id" = ANY (datasets);

  PERFORM set_config('lung_iris.erasing', txid_current()::text, true);
  DELETE FROM "DatasetMember"
  WHERE "caseId" = ANY (cases) OR "imageId" = ANY (films);
  DELETE FROM "NotificationDelivery" WHERE "inboxItemId" IN
    (SELECT "id" FROM "InboxItem" WHERE "caseId" = ANY (cases));
  DELETE FROM "InboxItem" WHERE "caseId" = ANY (cases);
  DELETE FROM "KeptText" WHERE "caseId" = ANY (cases);
  DELETE FROM "KeptReason" WHERE "patientId" = ANY (records);
  DELETE FROM "ProcedureStep" WHERE "caseId" = ANY (cases);
  DELETE FROM "ProcedureRun" WHERE "caseId" = ANY (cases);
  DELETE FROM "CaseCommentVersion" WHERE "caseId" = ANY (cases);
  DELETE FROM "CaseComment" WHERE "caseId" = ANY (cases);
  DELETE FROM "CriticalResult" WHERE "caseId" = ANY (cases);
  DELETE FROM "PreliminaryReport" WHERE "caseId" = ANY (cases);
  DELETE FROM "DecidedScore" WHERE "caseId" = ANY (cases);
  DELETE FROM "CaseLabel" WHERE "caseId" = ANY (cases);
  DELETE FROM "ReadingVersion" WHERE "caseId" = ANY (cases);
  DELETE FROM "Reading" WHERE "caseId" = ANY (cases);
  DELETE FROM "Case" WHERE "id" = ANY (cases);
  -- With their findings and maps; a case that once showed one of a film that
  -- was moved here shows none.
  DELETE FROM "Prediction" WHERE "imageId" = ANY (films);
  DELETE FROM "FilmCorrection" WHERE "imageId" = ANY (films)
    OR "studyId" = ANY (studies) OR "toStudyId" = ANY (studies);
  UPDATE "Image" SET "conflictsWithId" = NULL
  WHERE "conflictsWithId" = ANY (films);
  DELETE FROM "StudyCorrection" WHERE "studyId" = ANY (studies)
    OR "fromPatientId" = ANY (records) OR "toPatientId" = ANY (records);
  DELETE FROM "ResumableUpload" WHERE "id" = ANY (uploads);
  DELETE FROM "Image" WHERE "id" = ANY (films);
  DELETE FROM "Series" WHERE "studyId" = ANY (studies);
  DELETE FROM "Study" WHERE "id" = ANY (studies);
  DELETE FROM "PatientMerge"
  WHERE "survivorId" = ANY (records) OR "mergedId" = ANY (records);
  DELETE FROM "PatientPair"
  WHERE "firstId" = ANY (records) OR "secondId" = ANY (records);
  DELETE FROM "LearningWithdrawal" WHERE "patientId" = ANY (records);
  DELETE FROM "PatientName" WHERE "patientId" = ANY (records);
  DELETE FROM "PatientIdentifier" WHERE "patientId" = ANY (records);
  UPDATE "Patient" SET "mergedIntoId" = NULL WHERE "id" = ANY (records);
  DELETE FROM "Patient" WHERE "id" = ANY (records);
  PERFORM set_config('lung_iris.erasing', '', true);
END
$$;

-- Why a record is to be erased, why it is, why not: typed and not sent yet.
ALTER TYPE "KeptReasonKind" ADD VALUE 'ERASURE';
ALTER TYPE "KeptReasonKind" ADD VALUE 'ERASURE_APPROVAL';
ALTER TYPE "KeptReasonKind" ADD VALUE 'ERASURE_REJECTION';
