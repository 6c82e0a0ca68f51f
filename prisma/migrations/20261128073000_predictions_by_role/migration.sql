-- A second model may run beside the live one and change nothing (SHADOW), so
-- each prediction says what it counts for, and which model has which role
-- since when is a row of its own instead of a flag that every starting worker
-- turned. What a model says of a film becomes rows, a finding each: any number
-- of findings, thresholds applied by the site's policy, and the heavy maps
-- apart from what lists read.

CREATE TYPE "PredictionRole" AS ENUM ('LIVE', 'SHADOW');

-- Models are told apart by all that decides an answer. With the weights alone
-- a recalibrated model passed for the one that it was made from. Figures,
-- training data and the record of the training decide nothing. The text of a
-- jsonb value is the same whatever order its keys were written in.
CREATE FUNCTION model_fingerprint(manifest jsonb) RETURNS text
IMMUTABLE PARALLEL SAFE STRICT LANGUAGE sql AS $$
  SELECT encode(sha256(convert_to(
    (manifest - 'data' - 'training' - 'metrics')::text, 'UTF8')), 'hex')
$$;

CREATE FUNCTION model_version_fingerprint() RETURNS trigger AS $$
BEGIN
  NEW."fingerprint" := model_fingerprint(NEW."manifest");
  RETURN NEW;
END
$$ LANGUAGE plpgsql;

ALTER TABLE "ModelVersion" ADD COLUMN "fingerprint" TEXT NOT NULL DEFAULT '';
UPDATE "ModelVersion" SET "fingerprint" = model_fingerprint("manifest");
CREATE TRIGGER model_version_fingerprint BEFORE INSERT OR UPDATE
ON "ModelVersion" FOR EACH ROW EXECUTE FUNCTION model_version_fingerprint();
DROP INDEX "ModelVersion_sha256_key";
CREATE UNIQUE INDEX "ModelVersion_fingerprint_key"
  ON "ModelVersion" ("fingerprint");

CREATE TABLE "ModelRole" (
    "id" UUID NOT NULL,
    "siteId" UUID,
    "modelVersionId" UUID NOT NULL,
    "role" "PredictionRole" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),
    "byId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,

    CONSTRAINT "ModelRole_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "ModelRole_modelVersionId_since_idx"
  ON "ModelRole" ("modelVersionId", "since");
-- Whatever two commands do at once, a site has one live model, and a model one
-- role there. "Every site" stands as the zero UUID.
CREATE UNIQUE INDEX "ModelRole_one_live" ON "ModelRole"
  ((coalesce("siteId", '00000000-0000-0000-0000-000000000000'::uuid)))
  WHERE "role" = 'LIVE' AND "until" IS NULL;
CREATE UNIQUE INDEX "ModelRole_one_role" ON "ModelRole"
  ((coalesce("siteId", '00000000-0000-0000-0000-000000000000'::uuid)),
    "modelVersionId")
  WHERE "until" IS NULL;
ALTER TABLE "ModelRole" ADD CONSTRAINT "ModelRole_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "ModelRole" ADD CONSTRAINT "ModelRole_modelVersionId_fkey"
  FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- The flag said only since when a model was live, or last became it: it was
-- until the next one did.
INSERT INTO "ModelRole" ("id", "modelVersionId", "role", "since", "until",
  "byId", "byName")
SELECT gen_random_uuid(), m."id", 'LIVE', m."since",
  CASE WHEN m."isLive" THEN NULL ELSE coalesce(m."next", m."since") END,
  'SYSTEM', 'model-registry'
FROM (
  SELECT "id", "isLive", coalesce("liveSince", "createdAt") AS "since",
    lead(coalesce("liveSince", "createdAt")) OVER (
      ORDER BY coalesce("liveSince", "createdAt")) AS "next"
  FROM "ModelVersion" WHERE "isLive" OR "liveSince" IS NOT NULL) m;

ALTER TABLE "ModelVersion" DROP COLUMN "isLive", DROP COLUMN "liveSince";

-- Until now every prediction was made by the live model of its time.
ALTER TABLE "Prediction"
  ADD COLUMN "role" "PredictionRole" NOT NULL DEFAULT 'LIVE';

-- A model's newest prediction, for the figures of /metrics.
CREATE INDEX "Prediction_modelVersionId_id_idx"
  ON "Prediction" ("modelVersionId", "id");

CREATE TABLE "PredictionFinding" (
    "predictionId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "score" DOUBLE PRECISION,
    "probability" DOUBLE PRECISION NOT NULL,
    "low" DOUBLE PRECISION NOT NULL,
    "high" DOUBLE PRECISION NOT NULL,
    "ownThreshold" DOUBLE PRECISION NOT NULL,
    "ageGroup" TEXT NOT NULL,
    "groupFrom" TEXT NOT NULL,
    "boxes" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "PredictionFinding_pkey" PRIMARY KEY ("predictionId", "code")
);
ALTER TABLE "PredictionFinding" ADD CONSTRAINT "PredictionFinding_predictionId_fkey"
  FOREIGN KEY ("predictionId") REFERENCES "Prediction"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "PredictionMap" (
    "predictionId" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "columns" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "values" REAL[],
    "x" DOUBLE PRECISION NOT NULL,
    "y" DOUBLE PRECISION NOT NULL,
    "width" DOUBLE PRECISION NOT NULL,
    "height" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "PredictionMap_pkey" PRIMARY KEY ("predictionId", "code")
);
ALTER TABLE "PredictionMap" ADD CONSTRAINT "PredictionMap_predictionId_code_fkey"
  FOREIGN KEY ("predictionId", "code")
  REFERENCES "PredictionFinding"("predictionId", "code")
  ON DELETE CASCADE ON UPDATE CASCADE;

-- The raw score was not kept; everything else was, in JSON.
INSERT INTO "PredictionFinding"
SELECT p."id", f->>'code', NULL, (f->>'probability')::float8,
  (f->'interval'->>'low')::float8, (f->'interval'->>'high')::float8,
  (f->>'threshold')::float8, f->'group'->>'name', f->'group'->>'from',
  coalesce((SELECT jsonb_agg(b - 'finding' ORDER BY o)
    FROM jsonb_array_elements(p."boxes") WITH ORDINALITY AS t(b, o)
    WHERE b->>'finding' = f->>'code'), '[]')
FROM "Prediction" p CROSS JOIN jsonb_array_elements(p."findings") f;

INSERT INTO "PredictionMap"
SELECT p."id", m->>'finding', (m->>'width')::int, (m->>'height')::int,
  ARRAY(SELECT v::real
    FROM jsonb_array_elements_text(m->'values') WITH ORDINALITY AS t(v, o)
    ORDER BY o),
  (m->'rect'->>'x')::float8, (m->'rect'->>'y')::float8,
  (m->'rect'->>'width')::float8, (m->'rect'->>'height')::float8
FROM "Prediction" p CROSS JOIN jsonb_array_elements(p."cam") m;

ALTER TABLE "Prediction" DROP COLUMN "probability", DROP COLUMN "threshold",
  DROP COLUMN "findings", DROP COLUMN "cam", DROP COLUMN "boxes";
