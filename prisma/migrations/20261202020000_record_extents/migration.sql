-- What the record of a patient holds, and when the last of it came: what a site
-- keeps for a time only is over by this. Adding it up from a million studies and
-- films at each look takes seconds.
CREATE TABLE "RecordExtent" (
    "patientId" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "lastDay" DATE NOT NULL,
    "films" INTEGER NOT NULL,
    "bytes" BIGINT NOT NULL,

    CONSTRAINT "RecordExtent_pkey" PRIMARY KEY ("patientId")
);
ALTER TABLE "RecordExtent" ADD CONSTRAINT "RecordExtent_patientId_fkey"
  FOREIGN KEY ("patientId") REFERENCES "Patient"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;

-- A film of long ago that came today is nobody's wish to lose it tonight. Days
-- of arrival are those of UTC, whatever the session's zone.
CREATE FUNCTION record_extents() RETURNS SETOF "RecordExtent"
STABLE LANGUAGE sql AS $$
  SELECT p."id", p."siteId",
    max(greatest(s."studyDate", (s."createdAt" AT TIME ZONE 'UTC')::date)),
    coalesce(sum(f."films"), 0)::int, coalesce(sum(f."bytes"), 0)::bigint
  FROM "Patient" p
  JOIN "Study" s ON s."patientId" = p."id"
  CROSS JOIN LATERAL (
    SELECT count(*) AS "films", sum(i."bytes"::bigint) AS "bytes"
    FROM "Image" i WHERE i."studyId" = s."id") f
  GROUP BY p."id"
$$;

INSERT INTO "RecordExtent" SELECT * FROM record_extents();

-- Those that are over answer by themselves, so that no row is fetched.
CREATE INDEX "RecordExtent_over" ON "RecordExtent" ("siteId", "lastDay",
  "patientId", "films", "bytes");

-- Two films of one patient come at once: whoever is second waits at the row, and
-- adds up what the first left.
CREATE FUNCTION renew_record_extents(of_patients uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  of_patient uuid;
BEGIN
  FOR of_patient IN SELECT DISTINCT p FROM unnest(of_patients) p ORDER BY p
  LOOP
    INSERT INTO "RecordExtent"
    SELECT "id", "siteId", '-infinity', 0, 0 FROM "Patient"
    WHERE "id" = of_patient
    ON CONFLICT ("patientId") DO UPDATE SET "films" = "RecordExtent"."films";
    UPDATE "RecordExtent" e SET "lastDay" = now."lastDay",
      "films" = now."films", "bytes" = now."bytes"
    FROM record_extents() now
    WHERE e."patientId" = of_patient AND now."patientId" = of_patient;
    IF NOT FOUND THEN
      DELETE FROM "RecordExtent" WHERE "patientId" = of_patient;
    END IF;
  END LOOP;
END
$$;
-- Only through the triggers below, which run as their owner too.
REVOKE EXECUTE ON FUNCTION renew_record_extents(uuid[]) FROM PUBLIC;

-- By their names these come after those of a choice, which take the case: in the
-- order of who merges records, who holds the case first.
CREATE FUNCTION study_extends() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM renew_record_extents(ARRAY[OLD."patientId", NEW."patientId"]);
  ELSE
    PERFORM renew_record_extents(
      ARRAY(SELECT DISTINCT "patientId" FROM changed));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER extent_of_study AFTER UPDATE OF "patientId", "studyDate",
  "createdAt" ON "Study"
FOR EACH ROW WHEN ((OLD."patientId", OLD."studyDate", OLD."createdAt")
  IS DISTINCT FROM (NEW."patientId", NEW."studyDate", NEW."createdAt"))
EXECUTE FUNCTION study_extends();
CREATE TRIGGER extent_of_study_that_came AFTER INSERT ON "Study"
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION study_extends();
CREATE TRIGGER extent_of_study_that_went AFTER DELETE ON "Study"
REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION study_extends();

CREATE FUNCTION image_extends() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM renew_record_extents(ARRAY(
      SELECT "patientId" FROM "Study"
      WHERE "id" IN (OLD."studyId", NEW."studyId")));
  ELSE
    PERFORM renew_record_extents(ARRAY(
      SELECT s."patientId" FROM changed
      JOIN "Study" s ON s."id" = changed."studyId"));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER extent_of_image AFTER UPDATE OF "studyId", "bytes" ON "Image"
FOR EACH ROW WHEN ((OLD."studyId", OLD."bytes")
  IS DISTINCT FROM (NEW."studyId", NEW."bytes"))
EXECUTE FUNCTION image_extends();
CREATE TRIGGER extent_of_image_that_came AFTER INSERT ON "Image"
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION image_extends();
CREATE TRIGGER extent_of_image_that_went AFTER DELETE ON "Image"
REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION image_extends();

-- Whose last study was taken and came before a day, at a site: records that
-- count, without a case that is still to be read; and what they hold.
DROP FUNCTION retention_due(uuid, date);
CREATE FUNCTION retention_due(of_site uuid, before date)
RETURNS TABLE ("patientId" uuid, "lastDay" date, "films" int, "bytes" bigint)
STABLE LANGUAGE sql AS $$
  SELECT e."patientId", e."lastDay", e."films", e."bytes"
  FROM "RecordExtent" e
  WHERE e."siteId" = of_site AND e."lastDay" < before
    AND NOT EXISTS (SELECT 1 FROM "Patient" p
      WHERE p."id" = e."patientId" AND p."mergedIntoId" IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM "Case" c
      WHERE c."patientId" = e."patientId" AND c."state" IN ('WAITING', 'READING'))
$$;
