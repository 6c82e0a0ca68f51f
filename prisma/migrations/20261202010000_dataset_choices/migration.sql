-- What an export would hold, counted in a glance. Joining labels, cases, studies,
-- films and readings takes a second and more at 100,000 decided cases: what a
-- choice asks is a narrow row of its own, one a case.
CREATE TABLE "DatasetChoice" (
    "caseId" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "signedAt" TIMESTAMPTZ(3) NOT NULL,
    "label" "Label" NOT NULL,
    "grade" "LabelGrade" NOT NULL,
    "present" TEXT[] NOT NULL,
    "readerId" UUID NOT NULL,
    "modelVersionId" UUID,
    "agreesWithAi" BOOLEAN,
    "changedMind" BOOLEAN NOT NULL,
    "ageYears" DOUBLE PRECISION,
    "sex" "Sex" NOT NULL,
    "viewPosition" TEXT,
    "films" INTEGER NOT NULL,
    "burntIn" INTEGER NOT NULL,
    "withText" INTEGER NOT NULL,
    "notedFilms" INTEGER NOT NULL,
    "notedBurntIn" INTEGER NOT NULL,
    "notedWithText" INTEGER NOT NULL,

    CONSTRAINT "DatasetChoice_pkey" PRIMARY KEY ("caseId")
);
ALTER TABLE "DatasetChoice" ADD CONSTRAINT "DatasetChoice_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;

-- The rows as they are by everything that they are made of. Without a setting of
-- its own, so that a query sees through it and reads the cases that it names.
-- Which notes mean letters and doubtful quality says features/datasets too; a
-- test holds them together.
CREATE FUNCTION dataset_choices() RETURNS SETOF "DatasetChoice"
STABLE LANGUAGE sql AS $$
  SELECT c."id", c."siteId", s."patientId", c."signedAt", l."label", l."grade",
    coalesce(l."present", '{}'), v."readerId", shown."modelVersionId",
    c."agreesWithAi", coalesce(r."opinion" <> l."label", false),
    s."patientAgeYears", p."sex", s."viewPosition",
    f."films", f."burntIn", f."withText",
    f."notedFilms", f."notedBurntIn", f."notedWithText"
  FROM "CaseLabel" l
  JOIN "Case" c ON c."id" = l."caseId"
  JOIN "Study" s ON s."id" = c."studyId"
  JOIN "Patient" p ON p."id" = s."patientId"
  JOIN "ReadingVersion" v ON v."id" = l."readingVersionId"
  JOIN "Reading" r ON r."id" = v."readingId"
  LEFT JOIN "Prediction" shown ON shown."id" = c."shownPredictionId"
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS "films",
      count(*) FILTER (WHERE i."burntIn")::int AS "burntIn",
      count(*) FILTER (WHERE NOT i."burntIn" AND i."text")::int AS "withText",
      count(*) FILTER (WHERE i."noted")::int AS "notedFilms",
      count(*) FILTER (WHERE i."noted" AND i."burntIn")::int AS "notedBurntIn",
      count(*) FILTER (WHERE i."noted" AND NOT i."burntIn" AND i."text")::int
        AS "notedWithText"
    FROM (
      SELECT w.notes && '{burned-in-annotation,modality-overruled}' AS "burntIn",
        w.notes && '{text-in-picture}' AS "text",
        w.notes && '{photometric-tag-contradicts-pixels,
          colour-converted-to-grey,several-frames-first-used,header-repaired,
          damaged-picture,overlay-planes,overlay-left-out,pixels-made-square}'
          AS "noted"
      FROM "Image" film, coalesce(film."warnings", '{}') w(notes)
      WHERE film."studyId" = s."id" AND film."removedAt" IS NULL) i) f
  WHERE l."until" IS NULL AND c."state" = 'SIGNED' AND c."signedAt" IS NOT NULL
    -- A film that is not diagnostic is no example of anything.
    AND c."decidedLabel" <> 'NOT_DIAGNOSTIC' AND f."films" > 0
$$;

INSERT INTO "DatasetChoice" SELECT * FROM dataset_choices();

-- As their owner: the application may read these rows and change none.
CREATE FUNCTION renew_dataset_choice(of_case uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM "DatasetChoice" WHERE "caseId" = of_case;
  INSERT INTO "DatasetChoice"
  SELECT * FROM dataset_choices() WHERE "caseId" = of_case;
END
$$;
-- Whoever signs holds the case; so whoever changes a study, a patient or a film
-- takes it too, and neither misses the other.
CREATE FUNCTION renew_dataset_choices(of_studies uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  of_case uuid;
BEGIN
  FOR of_case IN SELECT "id" FROM "Case" WHERE "studyId" = ANY (of_studies)
    ORDER BY "id" FOR NO KEY UPDATE
  LOOP
    PERFORM renew_dataset_choice(of_case);
  END LOOP;
END
$$;
-- Only through the triggers below, which run as their owner too.
REVOKE EXECUTE ON FUNCTION renew_dataset_choice(uuid) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION renew_dataset_choices(uuid[]) FROM PUBLIC;

CREATE FUNCTION case_is_chosen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_TABLE_NAME = 'Case' THEN
    PERFORM renew_dataset_choice(NEW."id");
  ELSE
    PERFORM renew_dataset_choice(NEW."caseId");
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER choice_of_label AFTER INSERT OR UPDATE ON "CaseLabel"
FOR EACH ROW EXECUTE FUNCTION case_is_chosen();
CREATE TRIGGER choice_of_reading AFTER UPDATE OF "opinion" ON "Reading"
FOR EACH ROW WHEN (OLD."opinion" IS DISTINCT FROM NEW."opinion")
EXECUTE FUNCTION case_is_chosen();
CREATE TRIGGER choice_of_case AFTER UPDATE OF "studyId", "state", "signedAt",
  "decidedLabel", "agreesWithAi", "shownPredictionId" ON "Case"
FOR EACH ROW WHEN ('SIGNED' IN (OLD."state", NEW."state")
  AND (OLD."studyId", OLD."state", OLD."signedAt", OLD."decidedLabel",
    OLD."agreesWithAi", OLD."shownPredictionId")
  IS DISTINCT FROM (NEW."studyId", NEW."state", NEW."signedAt",
    NEW."decidedLabel", NEW."agreesWithAi", NEW."shownPredictionId"))
EXECUTE FUNCTION case_is_chosen();

CREATE FUNCTION study_is_chosen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM renew_dataset_choices(ARRAY[NEW."id"]);
  RETURN NULL;
END
$$;
CREATE TRIGGER choice_of_study AFTER UPDATE OF "patientId", "patientAgeYears",
  "viewPosition" ON "Study"
FOR EACH ROW WHEN ((OLD."patientId", OLD."patientAgeYears", OLD."viewPosition")
  IS DISTINCT FROM (NEW."patientId", NEW."patientAgeYears", NEW."viewPosition"))
EXECUTE FUNCTION study_is_chosen();

CREATE FUNCTION patient_is_chosen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM renew_dataset_choices(ARRAY(
    SELECT "id" FROM "Study" WHERE "patientId" = NEW."id"));
  RETURN NULL;
END
$$;
CREATE TRIGGER choice_of_patient AFTER UPDATE OF "sex" ON "Patient"
FOR EACH ROW WHEN (OLD."sex" IS DISTINCT FROM NEW."sex")
EXECUTE FUNCTION patient_is_chosen();

CREATE FUNCTION image_is_chosen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM renew_dataset_choices(ARRAY[OLD."studyId", NEW."studyId"]);
  ELSE
    PERFORM renew_dataset_choices(
      ARRAY(SELECT DISTINCT "studyId" FROM changed));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER choice_of_image AFTER UPDATE OF "studyId", "warnings",
  "removedAt" ON "Image"
FOR EACH ROW WHEN ((OLD."studyId", OLD."warnings", OLD."removedAt")
  IS DISTINCT FROM (NEW."studyId", NEW."warnings", NEW."removedAt"))
EXECUTE FUNCTION image_is_chosen();
CREATE TRIGGER choice_of_image_that_came AFTER INSERT ON "Image"
REFERENCING NEW TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION image_is_chosen();
CREATE TRIGGER choice_of_image_that_went AFTER DELETE ON "Image"
REFERENCING OLD TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION image_is_chosen();
