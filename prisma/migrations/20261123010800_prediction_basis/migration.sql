-- The model is told the patient's age and sex, and its threshold depends on
-- them. When one of them is corrected after a film was assessed, the model is
-- asked again, so that a film can have several predictions of one model: each
-- says what it was told, and they are numbered.
ALTER TABLE "Prediction"
  ADD COLUMN "basis" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1;

UPDATE "Prediction" SET "basis" = concat_ws(' ',
  'age=' || "Study"."patientAgeYears", 'sex=' || "Patient"."sex")
FROM "Image"
JOIN "Study" ON "Study"."id" = "Image"."studyId"
JOIN "Patient" ON "Patient"."id" = "Study"."patientId"
WHERE "Image"."id" = "Prediction"."imageId";

DROP INDEX "Prediction_imageId_modelVersionId_key";
CREATE UNIQUE INDEX "Prediction_imageId_modelVersionId_revision_key"
  ON "Prediction" ("imageId", "modelVersionId", "revision");
