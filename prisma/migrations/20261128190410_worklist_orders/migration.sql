-- The worklist is sorted by any column that it shows, and filtered by what is
-- known of film and patient. What the new orders go by becomes columns that
-- the trigger keeps, each with one index of the heads of its buckets.

-- View of the film and age of the patient in one number, as
-- features/worklist/worklist.traits.ts has it.
CREATE FUNCTION worklist_traits("view" text, "age" double precision)
RETURNS integer IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT CASE "view" WHEN 'PA' THEN 1 WHEN 'AP' THEN 2
      WHEN 'LATERAL' THEN 3 WHEN 'LL' THEN 3 WHEN 'RL' THEN 3 ELSE 0 END * 8
    + CASE WHEN "age" IS NULL THEN 0 WHEN "age" < 1 THEN 1
        WHEN "age" < 18 THEN 2 WHEN "age" < 65 THEN 3 ELSE 4 END
$$;

-- Without one, last.
CREATE FUNCTION sort_text("value" text) RETURNS text
IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT CASE WHEN coalesce("value", '') = '' THEN chr(1114111)
    ELSE left(fold_search("value"), 200) END
$$;

ALTER TABLE "Case"
  ADD COLUMN "worklistTraits" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "sortAge" DOUBLE PRECISION NOT NULL DEFAULT -1,
  ADD COLUMN "sortMrn" TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN "sortAccession" TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN "sortExamination" TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN "sortAssignee" TEXT COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN "readById" UUID;

-- Who signed what stands; from now on the trigger carries it over from who
-- holds the case. Before it is replaced, so that it keeps what is written.
UPDATE "Case" c SET "readById" = coalesce(c."claimedById", r."readerId")
FROM "Reading" r
WHERE r."caseId" = c."id" AND c."state" = 'SIGNED'
  AND r."state" = 'SIGNED' AND r."stage" = 'PRIMARY';

CREATE OR REPLACE FUNCTION case_worklist_columns() RETURNS trigger AS $$
DECLARE
  "isClosed" boolean := NEW."isControl" AND NEW."state" <> 'SIGNED';
  "film" record;
BEGIN
  NEW."searchText" := fold_search(concat_ws(' ', NEW."patientName",
    NEW."mrn", NEW."accessionNumber"));
  NEW."sortName" := fold_search(NEW."patientName");
  IF "isClosed" THEN
    NEW."sortProbability" := -1;
    NEW."worklistBucket" := worklist_bucket(NEW."state", 'PENDING',
      NEW."urgency", NEW."decidedLabel", NULL, NULL, NEW."assigneeId");
  ELSE
    NEW."sortProbability" := coalesce(NEW."probability", -1);
    NEW."worklistBucket" := worklist_bucket(NEW."state", NEW."assessment",
      NEW."urgency", NEW."decidedLabel", NEW."probability", NEW."threshold",
      NEW."assigneeId");
  END IF;

  -- The age at the examination, as the page has it: what the film says, else
  -- from the day of birth.
  SELECT s."viewPosition" AS "view",
    concat_ws(' ', s."description", s."viewPosition") AS "name",
    coalesce(s."patientAgeYears",
      (s."studyDate" - p."birthDate") / 365.2425) AS "age"
  INTO "film"
  FROM "Study" s JOIN "Patient" p ON p."id" = NEW."patientId"
  WHERE s."id" = NEW."studyId";
  IF "film"."age" < 0 THEN
    "film"."age" := NULL;
  END IF;
  NEW."worklistTraits" := worklist_traits("film"."view", "film"."age");
  NEW."sortAge" := coalesce("film"."age", -1);
  NEW."sortExamination" := sort_text("film"."name");
  NEW."sortMrn" := sort_text(NEW."mrn");
  NEW."sortAccession" := sort_text(NEW."accessionNumber");
  NEW."sortAssignee" := sort_text((
    SELECT u."name" FROM "User" u WHERE u."id" = NEW."assigneeId"));

  -- Who reads it, and once it is signed who read it.
  IF NEW."claimedById" IS NOT NULL THEN
    NEW."readById" := NEW."claimedById";
  ELSIF NEW."state" <> 'SIGNED' THEN
    NEW."readById" := NULL;
  END IF;
  RETURN NEW;
END
$$ LANGUAGE plpgsql;

-- What the columns are made of can change without the case.
CREATE FUNCTION case_columns_of_study() RETURNS trigger AS $$
BEGIN
  UPDATE "Case" SET "searchText" = "searchText" WHERE "studyId" = NEW."id";
  RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER case_columns_of_study AFTER UPDATE OF
  "viewPosition", "description", "patientAgeYears", "studyDate" ON "Study"
FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
EXECUTE FUNCTION case_columns_of_study();

CREATE FUNCTION case_columns_of_patient() RETURNS trigger AS $$
BEGIN
  UPDATE "Case" SET "searchText" = "searchText" WHERE "patientId" = NEW."id";
  RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER case_columns_of_patient AFTER UPDATE OF "birthDate" ON "Patient"
FOR EACH ROW WHEN (OLD."birthDate" IS DISTINCT FROM NEW."birthDate")
EXECUTE FUNCTION case_columns_of_patient();

CREATE FUNCTION case_columns_of_user() RETURNS trigger AS $$
BEGIN
  UPDATE "Case" SET "searchText" = "searchText" WHERE "assigneeId" = NEW."id";
  RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER case_columns_of_user AFTER UPDATE OF "name" ON "User"
FOR EACH ROW WHEN (OLD."name" IS DISTINCT FROM NEW."name")
EXECUTE FUNCTION case_columns_of_user();

-- Built once, after the columns are filled.
DROP INDEX "Case_worklist_arrived";
DROP INDEX "Case_worklist_probability";
DROP INDEX "Case_worklist_patient";
DROP INDEX "Case_ordered_arrived";
DROP INDEX "Case_ordered_urgency";
DROP INDEX "Case_ordered_probability";
DROP INDEX "Case_ordered_patient";
DROP INDEX "Case_waiting";

UPDATE "Case" SET "searchText" = "searchText";

-- The heads of buckets, in each order; "worklistTraits" goes along.
CREATE INDEX "Case_worklist_arrived"
  ON "Case" ("siteId", "worklistBucket", "arrivedAt", "id")
  INCLUDE ("searchText", "worklistTraits") WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_worklist_probability"
  ON "Case" ("siteId", "worklistBucket", "sortProbability", "id")
  INCLUDE ("searchText", "arrivedAt", "worklistTraits")
  WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_worklist_patient"
  ON "Case" ("siteId", "worklistBucket", "sortName", "id")
  INCLUDE ("searchText", "arrivedAt", "worklistTraits")
  WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_worklist_age"
  ON "Case" ("siteId", "worklistBucket", "sortAge", "id")
  INCLUDE ("searchText", "arrivedAt", "worklistTraits")
  WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_worklist_mrn"
  ON "Case" ("siteId", "worklistBucket", "sortMrn", "id")
  INCLUDE ("searchText", "arrivedAt", "worklistTraits")
  WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_worklist_accession"
  ON "Case" ("siteId", "worklistBucket", "sortAccession", "id")
  INCLUDE ("searchText", "arrivedAt", "worklistTraits")
  WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_worklist_examination"
  ON "Case" ("siteId", "worklistBucket", "sortExamination", "id")
  INCLUDE ("searchText", "arrivedAt", "worklistTraits")
  WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_worklist_assignee"
  ON "Case" ("siteId", "worklistBucket", "sortAssignee", "id")
  INCLUDE ("searchText", "arrivedAt", "worklistTraits")
  WHERE "worklistBucket" >= 0;

-- The whole list of a site, in the orders that are most used.
CREATE INDEX "Case_ordered_arrived" ON "Case" ("siteId", "arrivedAt", "id")
  INCLUDE ("worklistBucket", "searchText", "worklistTraits")
  WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_ordered_urgency"
  ON "Case" ("siteId", "urgency", "arrivedAt", "id")
  INCLUDE ("worklistBucket", "searchText", "worklistTraits")
  WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_ordered_probability"
  ON "Case" ("siteId", "sortProbability", "id")
  INCLUDE ("worklistBucket", "searchText", "arrivedAt", "worklistTraits")
  WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_ordered_patient" ON "Case" ("siteId", "sortName", "id")
  INCLUDE ("worklistBucket", "searchText", "arrivedAt", "worklistTraits")
  WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_waiting" ON "Case" ("siteId", "urgency", "arrivedAt", "id")
  INCLUDE ("worklistBucket", "searchText", "worklistTraits")
  WHERE "state" = 'WAITING';

-- Rare views and ages are soon found all together.
CREATE INDEX "Case_traits" ON "Case" ("siteId", "worklistTraits")
  INCLUDE ("worklistBucket", "arrivedAt", "id", "searchText")
  WHERE "worklistBucket" >= 0;

-- What one reader reads or has read.
CREATE INDEX "Case_reader" ON "Case"
  ("siteId", "readById", "worklistBucket", "arrivedAt", "id")
  WHERE "readById" IS NOT NULL;

-- Reports given out and not signed: few.
CREATE INDEX "Case_preliminary" ON "Case" ("siteId", "preliminaryAt", "id")
  WHERE "preliminaryAt" IS NOT NULL;
