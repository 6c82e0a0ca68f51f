-- Whose film, from where, when: what other systems name a film by. Until now
-- a record number carried the state of an identity in its own letters
-- (UNKNOWN-…, …-CHECK-…), a name was one line of text, and a film without a
-- date was given the day of its arrival. Nothing is read from the kept files
-- here: a job does that film by film (Image.headerReadAt), newest first.

CREATE TYPE "IdentityState" AS ENUM ('KNOWN', 'CHECK', 'UNKNOWN');
CREATE TYPE "NameRepresentation" AS ENUM ('ALPHABETIC', 'IDEOGRAPHIC', 'PHONETIC');

ALTER TABLE "Site" ADD COLUMN "timeZone" TEXT;

ALTER TABLE "Patient"
  ADD COLUMN "identityState" "IdentityState" NOT NULL DEFAULT 'KNOWN',
  ADD COLUMN "issuer" TEXT,
  ALTER COLUMN "mrn" DROP NOT NULL;

CREATE TABLE "PatientName" (
  "patientId" UUID NOT NULL,
  "representation" "NameRepresentation" NOT NULL,
  "family" TEXT NOT NULL DEFAULT '',
  "given" TEXT NOT NULL DEFAULT '',
  "middle" TEXT NOT NULL DEFAULT '',
  "prefix" TEXT NOT NULL DEFAULT '',
  "suffix" TEXT NOT NULL DEFAULT '',
  CONSTRAINT "PatientName_pkey" PRIMARY KEY ("patientId", "representation"),
  CONSTRAINT "PatientName_patientId_fkey" FOREIGN KEY ("patientId")
    REFERENCES "Patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

CREATE TABLE "PatientIdentifier" (
  "id" UUID NOT NULL,
  "siteId" UUID NOT NULL,
  "patientId" UUID NOT NULL,
  "value" TEXT NOT NULL,
  "issuer" TEXT NOT NULL DEFAULT '',
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "PatientIdentifier_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "PatientIdentifier_siteId_fkey" FOREIGN KEY ("siteId")
    REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "PatientIdentifier_patientId_fkey" FOREIGN KEY ("patientId")
    REFERENCES "Patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- What stood in a number's letters becomes a column. The number that a
-- doubtful film claims is its number again; the stand-in of a film without
-- one is kept as an identifier of the desk's own, so that who noted it down
-- still finds the film.
INSERT INTO "PatientIdentifier" ("id", "siteId", "patientId", "value", "issuer")
SELECT gen_random_uuid(), "siteId", "id", "mrn", 'lung-iris'
FROM "Patient"
WHERE "mrn" ~ '^UNKNOWN-[0-9A-F]{10}$' OR "mrn" ~ '-CHECK-[0-9A-F]{6}$';

-- The constraint of old stands in the way of a doubtful film's own number.
DROP INDEX "Patient_siteId_mrn_key";

UPDATE "Patient" SET "identityState" = 'UNKNOWN', "mrn" = NULL
WHERE "mrn" ~ '^UNKNOWN-[0-9A-F]{10}$';
UPDATE "Patient" SET "identityState" = 'CHECK',
  "mrn" = regexp_replace("mrn", '-CHECK-[0-9A-F]{6}$', '')
WHERE "mrn" ~ '-CHECK-[0-9A-F]{6}$';
-- A doubtful film without a number of its own has none.
UPDATE "Patient" SET "mrn" = NULL WHERE "mrn" ~ '^UNKNOWN-[0-9A-F]{10}$';

INSERT INTO "PatientIdentifier" ("id", "siteId", "patientId", "value")
SELECT gen_random_uuid(), "siteId", "id", "mrn" FROM "Patient"
WHERE "mrn" IS NOT NULL;

CREATE INDEX "Patient_siteId_mrn_idx" ON "Patient" ("siteId", "mrn");
-- One known patient a number and issuer; doubtful ones may claim the same.
-- An expression, since absent issuers are to count as one.
CREATE UNIQUE INDEX "Patient_known_number_key"
  ON "Patient" ("siteId", "mrn", (coalesce("issuer", '')))
  WHERE "identityState" = 'KNOWN' AND "mrn" IS NOT NULL;
-- The list of those whose identity is to be settled: few among many.
CREATE INDEX "Patient_unsettled_idx"
  ON "Patient" ("siteId", "id") WHERE "identityState" <> 'KNOWN';
-- A patient without a number is found by the name alone.
DROP INDEX "Patient_search";
CREATE INDEX "Patient_search" ON "Patient"
  USING gin (fold_search("name" || ' ' || coalesce("mrn", '')) gin_trgm_ops);
CREATE UNIQUE INDEX "PatientIdentifier_patientId_issuer_value_key"
  ON "PatientIdentifier" ("patientId", "issuer", "value");
CREATE INDEX "PatientIdentifier_siteId_value_idx"
  ON "PatientIdentifier" ("siteId", "value");

CREATE TABLE "Series" (
  "id" UUID NOT NULL,
  "siteId" UUID NOT NULL,
  "studyId" UUID NOT NULL,
  "seriesInstanceUid" TEXT NOT NULL,
  "modality" TEXT NOT NULL,
  "bodyPart" TEXT,
  "laterality" TEXT,
  "number" INTEGER,
  "description" TEXT,
  "station" TEXT,
  "institution" TEXT,
  "manufacturer" TEXT,
  "model" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "Series_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Series_siteId_fkey" FOREIGN KEY ("siteId")
    REFERENCES "Site"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "Series_studyId_fkey" FOREIGN KEY ("studyId")
    REFERENCES "Study"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "Series_studyId_seriesInstanceUid_key"
  ON "Series" ("studyId", "seriesInstanceUid");
CREATE INDEX "Series_siteId_seriesInstanceUid_idx"
  ON "Series" ("siteId", "seriesInstanceUid");

ALTER TABLE "Study"
  ADD COLUMN "studyDate" DATE,
  ADD COLUMN "studyTime" TEXT,
  ADD COLUMN "zoneMinutes" INTEGER,
  ADD COLUMN "referringPhysician" TEXT,
  ADD COLUMN "requestedProcedure" TEXT,
  ALTER COLUMN "studiedAt" DROP NOT NULL;

-- A time of examination that is that of the arrival was never known. Others
-- keep their day until the job has read it from the film.
UPDATE "Study" SET "studiedAt" = NULL
WHERE "studiedAt" BETWEEN "createdAt" - interval '10 minutes'
  AND "createdAt" + interval '10 minutes';
UPDATE "Study" SET "studyDate" = ("studiedAt" AT TIME ZONE 'UTC')::date
WHERE "studiedAt" IS NOT NULL;

DROP INDEX "Study_patientId_studiedAt_idx";
CREATE INDEX "Study_patientId_studyDate_idx"
  ON "Study" ("patientId", "studyDate" DESC);

ALTER TABLE "Image"
  ADD COLUMN "seriesId" UUID,
  ADD COLUMN "sopClassUid" TEXT,
  ADD COLUMN "conflictsWithId" UUID,
  ADD COLUMN "headerReadAt" TIMESTAMPTZ(3);

-- Two films of one SOP instance UID were both kept under it; the first keeps
-- it, the others point to the first.
UPDATE "Image" SET "conflictsWithId" = first."id", "sopInstanceUid" = NULL
FROM (SELECT DISTINCT ON ("siteId", "sopInstanceUid") "id", "siteId", "sopInstanceUid"
  FROM "Image" WHERE "sopInstanceUid" IS NOT NULL
  ORDER BY "siteId", "sopInstanceUid", "createdAt", "id") AS first
WHERE "Image"."siteId" = first."siteId"
  AND "Image"."sopInstanceUid" = first."sopInstanceUid"
  AND "Image"."id" <> first."id";

CREATE UNIQUE INDEX "Image_siteId_sopInstanceUid_key"
  ON "Image" ("siteId", "sopInstanceUid");
CREATE INDEX "Image_seriesId_idx" ON "Image" ("seriesId");
-- What the job has still to read.
CREATE INDEX "Image_headerUnread_idx" ON "Image" ("id")
  WHERE "headerReadAt" IS NULL;
ALTER TABLE "Image"
  ADD CONSTRAINT "Image_seriesId_fkey" FOREIGN KEY ("seriesId")
    REFERENCES "Series"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  ADD CONSTRAINT "Image_conflictsWithId_fkey" FOREIGN KEY ("conflictsWithId")
    REFERENCES "Image"("id") ON DELETE SET NULL ON UPDATE CASCADE;
