-- The worklist is filtered by what the sender said of the patient's state, too.
-- The flags are bits above view and age in "worklistTraits", which every index
-- of the list carries along already.

-- A bit a flag, in the order of features/urgency/clinical-flags.ts; what is
-- not in that catalogue has none.
CREATE FUNCTION worklist_flags("flags" text[]) RETURNS integer
IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT coalesce(sum(DISTINCT 1 << (k."place" - 1)::int), 0)::int
  FROM unnest(ARRAY['emergency', 'low-spo2', 'sepsis', 'intensive-care', 'fever',
    'cough', 'dyspnoea', 'tachypnoea', 'immunosuppressed'])
    WITH ORDINALITY k("flag", "place")
  WHERE k."flag" = ANY ("flags")
$$;

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
  SELECT s."viewPosition" AS "view", s."clinicalFlags" AS "flags",
    concat_ws(' ', s."description", s."viewPosition") AS "name",
    coalesce(s."patientAgeYears",
      (s."studyDate" - p."birthDate") / 365.2425) AS "age"
  INTO "film"
  FROM "Study" s JOIN "Patient" p ON p."id" = NEW."patientId"
  WHERE s."id" = NEW."studyId";
  IF "film"."age" < 0 THEN
    "film"."age" := NULL;
  END IF;
  NEW."worklistTraits" := worklist_traits("film"."view", "film"."age")
    + 32 * worklist_flags("film"."flags");
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

DROP TRIGGER case_columns_of_study ON "Study";
CREATE TRIGGER case_columns_of_study AFTER UPDATE OF "viewPosition",
  "description", "patientAgeYears", "studyDate", "clinicalFlags" ON "Study"
FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW)
EXECUTE FUNCTION case_columns_of_study();

DROP INDEX "Case_traits";
UPDATE "Case" c SET "searchText" = c."searchText" FROM "Study" s
WHERE s."id" = c."studyId" AND s."clinicalFlags" <> '{}';

-- Rare views and ages are soon found all together; so are flagged cases.
CREATE INDEX "Case_traits" ON "Case" ("siteId", ("worklistTraits" & 31))
  INCLUDE ("worklistTraits", "worklistBucket", "arrivedAt", "id", "searchText")
  WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_flagged" ON "Case" ("siteId", "worklistTraits")
  INCLUDE ("worklistBucket", "arrivedAt", "id", "searchText")
  WHERE "worklistTraits" >= 32;
