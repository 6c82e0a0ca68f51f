-- What a hospital would want to change was constants in code: when a case is
-- urgent, how long it may wait, from which probability on a finding counts,
-- whether reading is blind, how long a lease and a follow-up last. They become
-- versions of a policy of the site, never changed, the newest one in force,
-- and each case says which one placed it.

CREATE TABLE "PolicyVersion" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PolicyVersion_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "PolicyVersion_siteId_version_key"
  ON "PolicyVersion" ("siteId", "version");
ALTER TABLE "PolicyVersion" ADD CONSTRAINT "PolicyVersion_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE FUNCTION policy_version_refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'policy versions are append-only: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER policy_version_refuse_change
BEFORE UPDATE OR DELETE ON "PolicyVersion"
FOR EACH ROW EXECUTE FUNCTION policy_version_refuse_change();
CREATE TRIGGER policy_version_refuse_truncate BEFORE TRUNCATE ON "PolicyVersion"
FOR EACH STATEMENT EXECUTE FUNCTION policy_version_refuse_change();

-- The shipped policy: what the constants were. A test compares it with the
-- one in code.
CREATE FUNCTION first_policy() RETURNS jsonb IMMUTABLE LANGUAGE sql AS $$
  SELECT '{
    "urgency": {
      "strongProbability": 0.9,
      "strong": "URGENT",
      "positive": "SOON",
      "negative": "ROUTINE",
      "negativeAtMost": "URGENT",
      "notAssessed": "URGENT",
      "pending": "SOON",
      "followUp": "SOON",
      "waited": "URGENT",
      "infantBelowYears": 1,
      "oldFromYears": 65,
      "followUpDays": 42,
      "flags": [
        {"flag": "emergency", "effect": "acute"},
        {"flag": "low-spo2", "effect": "acute"},
        {"flag": "sepsis", "effect": "acute"},
        {"flag": "intensive-care", "effect": "acute"},
        {"flag": "fever", "effect": "raises"},
        {"flag": "cough", "effect": "raises"},
        {"flag": "dyspnoea", "effect": "raises"},
        {"flag": "tachypnoea", "effect": "raises"},
        {"flag": "immunosuppressed", "effect": "raises"}
      ]
    },
    "ceilings": {"critical": 120, "urgent": 120, "soon": 120, "routine": 120},
    "thresholds": [],
    "reading": {"mode": "blind", "controlShare": 0, "leaseMinutes": 15}
  }'::jsonb
$$;

-- No site is ever without a policy, whoever makes it.
CREATE FUNCTION site_first_policy() RETURNS trigger AS $$
BEGIN
  INSERT INTO "PolicyVersion" ("id", "siteId", "version", "document",
    "reason", "byId", "byName", "createdAt")
  VALUES (gen_random_uuid(), NEW."id", 1, first_policy(),
    'As shipped', 'SYSTEM', 'shipped-policy', NEW."createdAt");
  RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER site_first_policy AFTER INSERT ON "Site"
FOR EACH ROW EXECUTE FUNCTION site_first_policy();

INSERT INTO "PolicyVersion" ("id", "siteId", "version", "document",
  "reason", "byId", "byName")
SELECT gen_random_uuid(), "id", 1, first_policy(), 'As shipped', 'SYSTEM',
  'shipped-policy'
FROM "Site";

-- Until now every case was placed by the constants, which are version 1.
ALTER TABLE "Case" ADD COLUMN "policyVersion" INTEGER NOT NULL DEFAULT 1;

-- The cases of a site that wait, class by class, the oldest first: what is
-- past its ceiling is the beginning of each, and the worklist's first rows.
CREATE INDEX "Case_waiting" ON "Case" ("siteId", "urgency", "arrivedAt", "id")
  INCLUDE ("worklistBucket", "searchText") WHERE "state" = 'WAITING';
-- Cases that a new policy has not placed yet.
CREATE INDEX "Case_open_policy" ON "Case" ("siteId", "policyVersion", "id")
  WHERE "state" <> 'SIGNED';

-- A control case is read without the AI: until it is signed, no filter, sort
-- or count of the worklist tells what the AI said of it, to anybody.
CREATE OR REPLACE FUNCTION case_worklist_columns() RETURNS trigger AS $$
DECLARE
  "isClosed" boolean := NEW."isControl" AND NEW."state" <> 'SIGNED';
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
  RETURN NEW;
END
$$ LANGUAGE plpgsql;
