-- A shadow is not asked about a film while many films wait for the live model:
-- each such film is a row, so that what its figures lack can be said. Written
-- in the transaction that asks the models; a counter would hold these up.
CREATE TABLE "ShadowPassedOver" (
    "modelVersionId" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ShadowPassedOver_pkey" PRIMARY KEY ("modelVersionId", "imageId")
);
CREATE INDEX "ShadowPassedOver_modelVersionId_at_idx"
  ON "ShadowPassedOver" ("modelVersionId", "at");
ALTER TABLE "ShadowPassedOver" ADD CONSTRAINT "ShadowPassedOver_modelVersionId_fkey"
  FOREIGN KEY ("modelVersionId") REFERENCES "ModelVersion"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ShadowPassedOver" ADD CONSTRAINT "ShadowPassedOver_imageId_fkey"
  FOREIGN KEY ("imageId") REFERENCES "Image"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;
