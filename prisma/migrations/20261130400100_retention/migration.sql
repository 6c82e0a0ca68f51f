-- How long a site keeps records after a patient's last study: numbered versions
-- that nothing changes. A site without one keeps them for ever.
CREATE TABLE "RetentionVersion" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "keepDays" INTEGER,
    "reason" TEXT NOT NULL,
    "byId" UUID NOT NULL,
    "byName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RetentionVersion_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "RetentionVersion_days" CHECK ("keepDays" BETWEEN 30 AND 36500)
);
CREATE UNIQUE INDEX "RetentionVersion_siteId_version_key"
  ON "RetentionVersion" ("siteId", "version");
ALTER TABLE "RetentionVersion" ADD CONSTRAINT "RetentionVersion_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER retention_version_refuse_change
BEFORE UPDATE OR DELETE ON "RetentionVersion"
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER retention_version_refuse_truncate
BEFORE TRUNCATE ON "RetentionVersion"
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whose last study was taken and came before a day, at a site: records that
-- count, without a case that is still to be read.
CREATE FUNCTION retention_due(of_site uuid, before date)
RETURNS TABLE ("patientId" uuid, "lastDay" date) STABLE LANGUAGE sql
SET search_path = pg_catalog, public AS $$
  SELECT p."id", last."day"
  FROM "Patient" p, LATERAL (
    -- A film of long ago that came today is nobody's wish to lose it tonight.
    SELECT max(greatest(s."studyDate", s."createdAt"::date)) AS "day"
    FROM "Study" s WHERE s."patientId" = p."id") last
  WHERE p."siteId" = of_site AND p."mergedIntoId" IS NULL
    AND last."day" < before
    AND NOT EXISTS (SELECT 1 FROM "Case" c
      WHERE c."patientId" = p."id" AND c."state" IN ('WAITING', 'READING'))
$$;

-- Why it is changed, typed and not sent yet.
ALTER TYPE "KeptReasonKind" ADD VALUE 'RETENTION';
