-- Thresholds chosen by what the live model said of a site's own decided cases.

-- Joining labels, cases, films, predictions and findings takes seconds at
-- 100,000 decided cases. What the desk counts is a narrow row of its own.
CREATE TABLE "DecidedScore" (
    "caseId" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "ageGroup" TEXT NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "isPresent" BOOLEAN NOT NULL,
    "grade" "LabelGrade" NOT NULL,

    CONSTRAINT "DecidedScore_pkey" PRIMARY KEY ("caseId", "modelVersionId")
);
ALTER TABLE "DecidedScore" ADD CONSTRAINT "DecidedScore_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "DecidedScore" ADD CONSTRAINT "DecidedScore_modelVersionId_fkey"
  FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- Rows for the given cases, or for all: the newest word that each model has on
-- each film, the likeliest film's for the case.
CREATE FUNCTION decided_scores_of(of_case uuid)
RETURNS SETOF "DecidedScore" STABLE LANGUAGE sql
SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT ON (c."id", newest."modelVersionId") c."id",
    newest."modelVersionId", c."siteId", c."patientId", f."ageGroup",
    f."probability", l."label" = 'PNEUMONIA', l."grade"
  FROM "CaseLabel" l
  JOIN "Case" c ON c."id" = l."caseId"
  JOIN "Image" i ON i."studyId" = c."studyId"
  CROSS JOIN LATERAL (
    SELECT DISTINCT ON (p."modelVersionId") p."id", p."modelVersionId"
    FROM "Prediction" p WHERE p."imageId" = i."id"
    ORDER BY p."modelVersionId", p."revision" DESC) newest
  JOIN "PredictionFinding" f
    ON f."predictionId" = newest."id" AND f."code" = 'pneumonia'
  WHERE l."until" IS NULL AND (of_case IS NULL OR l."caseId" = of_case)
  ORDER BY c."id", newest."modelVersionId", f."probability" DESC
$$;

INSERT INTO "DecidedScore" SELECT * FROM decided_scores_of(NULL);

-- Answers the desk by itself, so that no row of the table is fetched.
CREATE INDEX "DecidedScore_desk" ON "DecidedScore" ("siteId",
  "modelVersionId", "ageGroup", "grade", "isPresent", "probability",
  "patientId");

-- As their owner: the application may read these rows and change none.
CREATE FUNCTION renew_decided_scores(of_case uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM "DecidedScore" WHERE "caseId" = of_case;
  INSERT INTO "DecidedScore" SELECT * FROM decided_scores_of(of_case);
END
$$;
-- Only through the triggers below, which run as their owner too.
REVOKE EXECUTE ON FUNCTION renew_decided_scores(uuid) FROM PUBLIC;

CREATE FUNCTION label_decides() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM renew_decided_scores(NEW."caseId");
  RETURN NULL;
END
$$;
CREATE TRIGGER case_label_decides AFTER INSERT OR UPDATE ON "CaseLabel"
FOR EACH ROW EXECUTE FUNCTION label_decides();

-- A shadow may answer after the signature, and while it is being made: whoever
-- writes a label holds the case, so whoever writes a prediction takes it too.
CREATE FUNCTION prediction_decides() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  of_case uuid;
BEGIN
  IF TG_TABLE_NAME = 'Prediction' THEN
    SELECT c."id" INTO of_case FROM "Case" c
    JOIN "Image" i ON i."studyId" = c."studyId"
    WHERE i."id" = NEW."imageId" FOR NO KEY UPDATE OF c;
  ELSE
    SELECT c."id" INTO of_case FROM "Case" c
    JOIN "Image" i ON i."studyId" = c."studyId"
    JOIN "Prediction" p ON p."imageId" = i."id"
    WHERE p."id" = NEW."predictionId" FOR NO KEY UPDATE OF c;
  END IF;
  IF EXISTS (SELECT 1 FROM "CaseLabel"
    WHERE "caseId" = of_case AND "until" IS NULL) THEN
    PERFORM renew_decided_scores(of_case);
  END IF;
  RETURN NULL;
END
$$;
-- One that says nothing takes away what an earlier one said of the film.
CREATE TRIGGER prediction_decides AFTER INSERT ON "Prediction"
FOR EACH ROW WHEN (NEW."gateStatus" = 'NOT_ASSESSED')
EXECUTE FUNCTION prediction_decides();
CREATE TRIGGER prediction_finding_decides AFTER INSERT ON "PredictionFinding"
FOR EACH ROW WHEN (NEW."code" = 'pneumonia')
EXECUTE FUNCTION prediction_decides();

-- A corrected case, and a film that moves between cases.
CREATE FUNCTION case_decides() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE "DecidedScore" SET "patientId" = NEW."patientId"
  WHERE "caseId" = NEW."id";
  RETURN NULL;
END
$$;
CREATE TRIGGER case_decides AFTER UPDATE OF "patientId" ON "Case"
FOR EACH ROW WHEN (OLD."patientId" IS DISTINCT FROM NEW."patientId")
EXECUTE FUNCTION case_decides();

CREATE FUNCTION image_decides() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM renew_decided_scores(c."id") FROM "Case" c
  WHERE c."studyId" IN (OLD."studyId", NEW."studyId");
  RETURN NULL;
END
$$;
CREATE TRIGGER image_decides AFTER UPDATE OF "studyId" ON "Image"
FOR EACH ROW WHEN (OLD."studyId" IS DISTINCT FROM NEW."studyId")
EXECUTE FUNCTION image_decides();

-- Changes of thresholds that a second person has to approve.
CREATE TYPE "ThresholdChangeKind" AS ENUM ('THRESHOLD', 'SINGLE_APPROVAL');
CREATE TYPE "ThresholdProposalState" AS ENUM
  ('OPEN', 'APPROVED', 'DECLINED', 'WITHDRAWN');

CREATE TABLE "ThresholdProposal" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "kind" "ThresholdChangeKind" NOT NULL,
    "modelVersionId" UUID,
    "baseVersion" INTEGER NOT NULL,
    "ageGroup" TEXT,
    "threshold" DOUBLE PRECISION,
    "evidence" JSONB,
    "reason" TEXT NOT NULL,
    "state" "ThresholdProposalState" NOT NULL DEFAULT 'OPEN',
    "proposedById" UUID NOT NULL,
    "proposedByName" TEXT NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedById" UUID,
    "closedByName" TEXT,
    "closedAt" TIMESTAMPTZ(3),
    "note" TEXT,
    "madeVersion" INTEGER,

    CONSTRAINT "ThresholdProposal_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ThresholdProposal_says_what"
      CHECK (("kind" = 'THRESHOLD') = ("ageGroup" IS NOT NULL)
        AND ("kind" = 'THRESHOLD') = ("modelVersionId" IS NOT NULL)),
    CONSTRAINT "ThresholdProposal_closed_by"
      CHECK ("state" = 'OPEN' OR ("closedById" IS NOT NULL
        AND "closedAt" IS NOT NULL)),
    CONSTRAINT "ThresholdProposal_made"
      CHECK (("state" = 'APPROVED') = ("madeVersion" IS NOT NULL)),
    -- Whatever the program says: never by one alone.
    CONSTRAINT "ThresholdProposal_two_people"
      CHECK ("state" NOT IN ('APPROVED', 'DECLINED')
        OR "closedById" <> "proposedById"),
    CONSTRAINT "ThresholdProposal_own_withdrawal"
      CHECK ("state" <> 'WITHDRAWN' OR "closedById" = "proposedById")
);
CREATE INDEX "ThresholdProposal_siteId_id_idx"
  ON "ThresholdProposal" ("siteId", "id" DESC);
-- However many propose at once: one open proposal of one thing.
CREATE UNIQUE INDEX "ThresholdProposal_open" ON "ThresholdProposal"
  ("siteId", "baseVersion", "kind", coalesce("modelVersionId"::text, ''),
   coalesce("ageGroup", ''))
  WHERE "state" = 'OPEN';
ALTER TABLE "ThresholdProposal" ADD CONSTRAINT "ThresholdProposal_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ThresholdProposal"
  ADD CONSTRAINT "ThresholdProposal_modelVersionId_fkey"
  FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is proposed stays as it is; it is closed once, and nothing is removed.
CREATE FUNCTION threshold_proposal_refuse_change() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."state" = 'OPEN'
    AND (NEW."id", NEW."siteId", NEW."kind", NEW."modelVersionId",
      NEW."baseVersion", NEW."ageGroup", NEW."threshold", NEW."evidence",
      NEW."reason", NEW."proposedById", NEW."proposedByName",
      NEW."proposedAt")
    IS NOT DISTINCT FROM (OLD."id", OLD."siteId", OLD."kind",
      OLD."modelVersionId", OLD."baseVersion", OLD."ageGroup",
      OLD."threshold", OLD."evidence", OLD."reason", OLD."proposedById",
      OLD."proposedByName", OLD."proposedAt") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a threshold proposal is only closed, once: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER threshold_proposal_refuse_change
BEFORE UPDATE OR DELETE ON "ThresholdProposal"
FOR EACH ROW EXECUTE FUNCTION threshold_proposal_refuse_change();
CREATE TRIGGER threshold_proposal_refuse_truncate
BEFORE TRUNCATE ON "ThresholdProposal"
FOR EACH STATEMENT EXECUTE FUNCTION threshold_proposal_refuse_change();

-- New sites begin with what the policy says of it; stored versions without it
-- read as this (the default in policy-document.ts).
ALTER FUNCTION first_policy() RENAME TO first_policy_before_threshold_desk;
CREATE FUNCTION first_policy() RETURNS jsonb IMMUTABLE LANGUAGE sql AS $$
  SELECT first_policy_before_threshold_desk()
    || '{"thresholdDesk": {"approval": "one"}}'::jsonb
$$;
