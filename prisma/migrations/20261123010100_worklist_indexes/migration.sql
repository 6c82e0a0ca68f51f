-- The worklist answers any filter and sort within a bounded number of index
-- rows at a million cases. Its filters with few values (state, assessment and
-- sign of the AI, urgency, decided label, assigned or not) are folded into
-- one number, the bucket; a page is the merge of the heads of the buckets
-- that the filter names, each read in order from one of the indexes below.
-- The same numbers are made in apps/api/src/features/cases/worklist.buckets.ts;
-- a test compares the two over every combination.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE FUNCTION worklist_bucket(
  "state" "CaseState", "assessment" "AssessmentState", "urgency" "Urgency",
  "label" "Label", "probability" double precision,
  "threshold" double precision, "assigneeId" uuid
) RETURNS integer IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT
    (((CASE "state" WHEN 'WAITING' THEN 0 WHEN 'READING' THEN 1 ELSE 2 END * 4
    + CASE "assessment" WHEN 'PENDING' THEN 0 WHEN 'NOT_ASSESSED' THEN 1
        ELSE CASE WHEN "probability" >= "threshold" THEN 3 ELSE 2 END END) * 4
    + CASE "urgency" WHEN 'CRITICAL' THEN 0 WHEN 'URGENT' THEN 1
        WHEN 'SOON' THEN 2 ELSE 3 END) * 4
    + CASE WHEN "state" <> 'SIGNED' OR "label" IS NULL THEN 0
        WHEN "label" = 'NORMAL' THEN 1 WHEN "label" = 'PNEUMONIA' THEN 2
        ELSE 3 END) * 2
    + CASE WHEN "assigneeId" IS NULL THEN 0 ELSE 1 END
$$;

-- Accents and case do not matter to a search: "nguyen" finds "Nguyễn". The
-- query is folded the same way (foldSearch in platform/search-words.ts). The
-- letters that do not decompose, and Greek and Cyrillic, are named, because
-- lower() knows ASCII only where the database's locale is C.
CREATE FUNCTION fold_search(value text) RETURNS text
IMMUTABLE PARALLEL SAFE STRICT LANGUAGE sql AS $$
  SELECT translate(
    lower(regexp_replace(normalize(value, NFD), '[\u0300-\u036f]', '', 'g')),
    'ĐđØøŁłÐðÞþÆæŒœςΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩЂЄЅІЈЉЊЋЏАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',
    'ddoollddttaaooσαβγδεζηθικλμνξοπρστυφχψωђєѕіјљњћџабвгдежзиклмнопрстуфхцчшщъыьэюя')
$$;

-- Expression and partial indexes: Prisma's schema cannot say them, and its
-- migrate engine leaves such indexes alone.
CREATE INDEX "Case_worklist_arrived" ON "Case" ("siteId",
  worklist_bucket("state", "assessment", "urgency", "decidedLabel",
    "probability", "threshold", "assigneeId"),
  "arrivedAt", "id");
CREATE INDEX "Case_worklist_probability" ON "Case" ("siteId",
  worklist_bucket("state", "assessment", "urgency", "decidedLabel",
    "probability", "threshold", "assigneeId"),
  (coalesce("probability", -1)), "id");
CREATE INDEX "Case_worklist_patient" ON "Case" ("siteId",
  worklist_bucket("state", "assessment", "urgency", "decidedLabel",
    "probability", "threshold", "assigneeId"),
  (fold_search("patientName")), "id");

-- The same for one assignee's cases.
CREATE INDEX "Case_assigned_arrived" ON "Case" ("siteId", "assigneeId",
  worklist_bucket("state", "assessment", "urgency", "decidedLabel",
    "probability", "threshold", "assigneeId"),
  "arrivedAt", "id") WHERE "assigneeId" IS NOT NULL;
CREATE INDEX "Case_assigned_probability" ON "Case" ("siteId", "assigneeId",
  worklist_bucket("state", "assessment", "urgency", "decidedLabel",
    "probability", "threshold", "assigneeId"),
  (coalesce("probability", -1)), "id") WHERE "assigneeId" IS NOT NULL;
CREATE INDEX "Case_assigned_patient" ON "Case" ("siteId", "assigneeId",
  worklist_bucket("state", "assessment", "urgency", "decidedLabel",
    "probability", "threshold", "assigneeId"),
  (fold_search("patientName")), "id") WHERE "assigneeId" IS NOT NULL;

-- What one reader holds under a lease: a handful.
CREATE INDEX "Case_claimed" ON "Case" ("claimedById")
  WHERE "claimedById" IS NOT NULL;
-- Leases that ran out, for the job that ends them.
CREATE INDEX "Case_lease" ON "Case" ("claimExpiresAt")
  WHERE "claimExpiresAt" IS NOT NULL;

-- A trigger, so that every writer folds alike.
CREATE FUNCTION case_search_text() RETURNS trigger AS $$
BEGIN
  NEW."searchText" := fold_search(concat_ws(' ', NEW."patientName",
    NEW."mrn", NEW."accessionNumber"));
  RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER case_search_text BEFORE INSERT OR UPDATE OF
  "patientName", "mrn", "accessionNumber", "searchText" ON "Case"
FOR EACH ROW EXECUTE FUNCTION case_search_text();

UPDATE "Case" SET "searchText" = '';

CREATE INDEX "Case_search" ON "Case" USING gin ("searchText" gin_trgm_ops)
  WHERE "searchText" <> '';

-- Patients by name or number, for the audit search.
CREATE INDEX "Patient_search" ON "Patient"
  USING gin (fold_search("name" || ' ' || "mrn") gin_trgm_ops);
