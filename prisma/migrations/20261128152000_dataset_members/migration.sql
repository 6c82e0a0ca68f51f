-- An export asked its filter again when a worker wrote it, so that what was
-- signed or corrected meanwhile changed it from try to try, and nobody could
-- say which films a dataset holds. Its members become rows, written when it is
-- asked for: the case, the film, the very label, and the patient's split.

CREATE TYPE "DatasetSplit" AS ENUM ('TRAIN', 'VAL', 'TEST');

CREATE TABLE "DatasetMember" (
    "datasetId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "imageId" UUID NOT NULL,
    "labelId" UUID NOT NULL,
    "split" "DatasetSplit" NOT NULL,

    CONSTRAINT "DatasetMember_pkey" PRIMARY KEY ("datasetId", "caseId", "imageId")
);
-- Which datasets hold a case, a film or a label.
CREATE INDEX "DatasetMember_caseId_idx" ON "DatasetMember" ("caseId");
CREATE INDEX "DatasetMember_imageId_idx" ON "DatasetMember" ("imageId");
CREATE INDEX "DatasetMember_labelId_idx" ON "DatasetMember" ("labelId");
ALTER TABLE "DatasetMember" ADD CONSTRAINT "DatasetMember_datasetId_fkey"
  FOREIGN KEY ("datasetId") REFERENCES "Dataset"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DatasetMember" ADD CONSTRAINT "DatasetMember_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DatasetMember" ADD CONSTRAINT "DatasetMember_imageId_fkey"
  FOREIGN KEY ("imageId") REFERENCES "Image"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DatasetMember" ADD CONSTRAINT "DatasetMember_labelId_fkey"
  FOREIGN KEY ("labelId") REFERENCES "CaseLabel"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Dataset" ADD COLUMN "leftOut" INTEGER NOT NULL DEFAULT 0;

CREATE FUNCTION dataset_member_refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'members of a dataset are append-only: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER dataset_member_refuse_change
BEFORE UPDATE OR DELETE ON "DatasetMember"
FOR EACH ROW EXECUTE FUNCTION dataset_member_refuse_change();
CREATE TRIGGER dataset_member_refuse_truncate BEFORE TRUNCATE ON "DatasetMember"
FOR EACH STATEMENT EXECUTE FUNCTION dataset_member_refuse_change();
