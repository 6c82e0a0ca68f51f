-- How many predictions a model made at a site: counting them takes seconds at
-- a million, and the page of models shows it for each. A row is counted up by
-- whichever transaction wrote predictions; of sixteen one is taken by chance,
-- so that workers seldom wait for each other.
CREATE TABLE "PredictionCount" (
    "siteId" UUID NOT NULL,
    "modelVersionId" UUID NOT NULL,
    "slot" SMALLINT NOT NULL,
    "predictions" INTEGER NOT NULL,

    CONSTRAINT "PredictionCount_pkey"
      PRIMARY KEY ("siteId", "modelVersionId", "slot")
);
ALTER TABLE "PredictionCount" ADD CONSTRAINT "PredictionCount_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "PredictionCount" ADD CONSTRAINT "PredictionCount_modelVersionId_fkey"
  FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;

INSERT INTO "PredictionCount"
  SELECT i."siteId", p."modelVersionId", 0, count(*)
  FROM "Prediction" p JOIN "Image" i ON i."id" = p."imageId" GROUP BY 1, 2;

-- As its owner: the application may read these rows and change none.
CREATE FUNCTION prediction_counts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO "PredictionCount" AS c
    SELECT i."siteId", n."modelVersionId", floor(random() * 16), count(*)
    FROM new_predictions n JOIN "Image" i ON i."id" = n."imageId"
    GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT ("siteId", "modelVersionId", "slot")
    DO UPDATE SET "predictions" = c."predictions" + excluded."predictions";
  RETURN NULL;
END
$$;
CREATE TRIGGER prediction_counts AFTER INSERT ON "Prediction"
  REFERENCING NEW TABLE AS new_predictions
  FOR EACH STATEMENT EXECUTE FUNCTION prediction_counts();
