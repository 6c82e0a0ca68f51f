-- Two records of one person: one of them counts and the other points to it.
-- The record that was merged keeps its name, its numbers and its row, so that
-- undoing brings back what was.

ALTER TABLE "Patient" ADD COLUMN "mergedIntoId" UUID;
ALTER TABLE "Patient" ADD CONSTRAINT "Patient_mergedIntoId_fkey"
  FOREIGN KEY ("mergedIntoId") REFERENCES "Patient"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "Patient_mergedIntoId_idx" ON "Patient" ("mergedIntoId");

CREATE TABLE "PatientMerge" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "survivorId" UUID NOT NULL,
    "mergedId" UUID NOT NULL,
    "studyIds" UUID[] DEFAULT ARRAY[]::UUID[],
    "ownStudyIds" UUID[] DEFAULT ARRAY[]::UUID[],
    "withdrawalId" UUID,
    "reason" TEXT NOT NULL,
    "byId" UUID NOT NULL,
    "byName" TEXT NOT NULL,
    "mergedAt" TIMESTAMPTZ(3) NOT NULL,
    "undoneAt" TIMESTAMPTZ(3),
    "undoneById" UUID,
    "undoneByName" TEXT,
    "undoReason" TEXT,

    CONSTRAINT "PatientMerge_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "PatientMerge_siteId_id_idx"
  ON "PatientMerge" ("siteId", "id" DESC);
CREATE INDEX "PatientMerge_survivorId_idx" ON "PatientMerge" ("survivorId");
CREATE INDEX "PatientMerge_mergedId_idx" ON "PatientMerge" ("mergedId");
CREATE UNIQUE INDEX "PatientMerge_open"
  ON "PatientMerge" ("mergedId") WHERE "undoneAt" IS NULL;
ALTER TABLE "PatientMerge" ADD CONSTRAINT "PatientMerge_survivorId_fkey"
  FOREIGN KEY ("survivorId") REFERENCES "Patient"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "PatientMerge" ADD CONSTRAINT "PatientMerge_mergedId_fkey"
  FOREIGN KEY ("mergedId") REFERENCES "Patient"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- A merge is undone once, with who and why, and never changed or removed.
CREATE FUNCTION patient_merge_refuse_change() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."undoneAt" IS NULL AND NEW."undoneAt" IS NOT NULL
    AND (NEW."id", NEW."siteId", NEW."survivorId", NEW."mergedId",
      NEW."studyIds", NEW."ownStudyIds", NEW."withdrawalId", NEW."reason", NEW."byId",
      NEW."byName", NEW."mergedAt")
    IS NOT DISTINCT FROM (OLD."id", OLD."siteId", OLD."survivorId",
      OLD."mergedId", OLD."studyIds", OLD."ownStudyIds",
      OLD."withdrawalId", OLD."reason", OLD."byId", OLD."byName", OLD."mergedAt") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'merges are append-only: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER patient_merge_refuse_change
BEFORE UPDATE OR DELETE ON "PatientMerge"
FOR EACH ROW EXECUTE FUNCTION patient_merge_refuse_change();
CREATE TRIGGER patient_merge_refuse_truncate
BEFORE TRUNCATE ON "PatientMerge"
FOR EACH STATEMENT EXECUTE FUNCTION patient_merge_refuse_change();

-- Records that look like one person are found when one of them is written and
-- kept as a row, so that the list of them is a page of an index. What somebody
-- said of two records ("not the same person") stays on that row.
CREATE TABLE "PatientPair" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "firstId" UUID NOT NULL,
    "secondId" UUID NOT NULL,
    "reasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "foundAt" TIMESTAMPTZ(3) NOT NULL,
    "notSameAt" TIMESTAMPTZ(3),
    "notSameByName" TEXT,
    "notSameReason" TEXT,

    CONSTRAINT "PatientPair_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "PatientPair_order" CHECK ("firstId" < "secondId")
);
CREATE UNIQUE INDEX "PatientPair_firstId_secondId_key"
  ON "PatientPair" ("firstId", "secondId");
CREATE INDEX "PatientPair_secondId_idx" ON "PatientPair" ("secondId");
CREATE INDEX "PatientPair_open" ON "PatientPair" ("siteId", "id" DESC)
  WHERE "notSameAt" IS NULL;
CREATE INDEX "PatientPair_not_same" ON "PatientPair" ("siteId", "id" DESC)
  WHERE "notSameAt" IS NOT NULL;
ALTER TABLE "PatientPair" ADD CONSTRAINT "PatientPair_firstId_fkey"
  FOREIGN KEY ("firstId") REFERENCES "Patient"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "PatientPair" ADD CONSTRAINT "PatientPair_secondId_fkey"
  FOREIGN KEY ("secondId") REFERENCES "Patient"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- The words of a name without accents, case and order: two spellings of one
-- name have one key. Words are parted at spaces and ASCII punctuation, which
-- every locale knows.
CREATE FUNCTION person_name_key(value text) RETURNS text
IMMUTABLE PARALLEL SAFE STRICT LANGUAGE sql AS $$
  SELECT coalesce(string_agg(word, ' ' ORDER BY word COLLATE "C"), '')
  FROM regexp_split_to_table(public.fold_search(value),
    '[[:space:][:punct:]]+') AS word
  WHERE word <> ''
$$;
CREATE INDEX "Patient_same_person" ON "Patient"
  ("siteId", "birthDate", person_name_key("name"))
  WHERE "birthDate" IS NOT NULL;

-- What is in the database already is looked through once.
INSERT INTO "PatientPair" ("id", "siteId", "firstId", "secondId", "reasons", "foundAt")
SELECT gen_random_uuid(), "siteId", "firstId", "secondId",
  array_agg(DISTINCT "reason" ORDER BY "reason"), now()
FROM (
  SELECT a."siteId", least(a."id", b."id") AS "firstId",
    greatest(a."id", b."id") AS "secondId",
    'same-name-and-birth-date' AS "reason"
  FROM "Patient" a JOIN "Patient" b ON b."siteId" = a."siteId"
    AND b."birthDate" = a."birthDate" AND b."id" > a."id"
    AND person_name_key(b."name") = person_name_key(a."name")
  WHERE a."name" <> 'Unknown patient' AND person_name_key(a."name") <> ''
  UNION ALL
  SELECT a."siteId", least(a."patientId", b."patientId"),
    greatest(a."patientId", b."patientId"), 'same-number'
  FROM "PatientIdentifier" a JOIN "PatientIdentifier" b
    ON b."siteId" = a."siteId" AND b."value" = a."value"
    AND b."patientId" > a."patientId"
  WHERE a."issuer" <> 'lung-iris' AND b."issuer" <> 'lung-iris'
) found
GROUP BY "siteId", "firstId", "secondId";
