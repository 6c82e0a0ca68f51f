-- Whom each model learnt from, as its manifest names them (keyed hashes of
-- pseudonyms, training.patients and training.<run>.patients): who withdraws a
-- patient is told which models hold him, and manifests of twenty thousand names
-- each are not read for that. Kept by a trigger.
CREATE TABLE "ModelPatient" (
    "patient" TEXT NOT NULL,
    "modelVersionId" UUID NOT NULL,

    CONSTRAINT "ModelPatient_pkey" PRIMARY KEY ("patient", "modelVersionId")
);
CREATE INDEX "ModelPatient_modelVersionId_idx" ON "ModelPatient" ("modelVersionId");
ALTER TABLE "ModelPatient" ADD CONSTRAINT "ModelPatient_modelVersionId_fkey"
  FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;

CREATE FUNCTION model_patients(manifest jsonb) RETURNS SETOF text
LANGUAGE sql IMMUTABLE AS $$
  SELECT DISTINCT named #>> '{}'
  FROM (
    SELECT jsonb_path_query(manifest, '$.training.patients[*]') AS named
    UNION ALL
    SELECT jsonb_path_query(manifest, '$.training.*.patients[*]')
  ) AS of_runs
  WHERE jsonb_typeof(named) = 'string'
$$;

INSERT INTO "ModelPatient" ("patient", "modelVersionId")
  SELECT p, m."id" FROM "ModelVersion" m, model_patients(m."manifest") p;

-- As its owner: the application may read these rows and change none.
CREATE FUNCTION note_model_patients() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM "ModelPatient" WHERE "modelVersionId" = NEW."id";
  INSERT INTO "ModelPatient" ("patient", "modelVersionId")
    SELECT p, NEW."id" FROM model_patients(NEW."manifest") p;
  RETURN NULL;
END
$$;
CREATE TRIGGER note_model_patients AFTER INSERT OR UPDATE OF "manifest"
ON "ModelVersion" FOR EACH ROW EXECUTE FUNCTION note_model_patients();
