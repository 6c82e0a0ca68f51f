-- Whose a study is, as somebody corrected it: kept as a row, so that it can be
-- looked through and undone as corrections of films are. Corrections that were
-- made before stand in the trail alone and have no row.
CREATE TABLE "StudyCorrection" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "studyId" UUID NOT NULL,
    "fromPatientId" UUID NOT NULL,
    "toPatientId" UUID NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "recordBefore" JSONB,
    "isRecordChanged" BOOLEAN NOT NULL,
    "notesTaken" JSONB NOT NULL,
    "reason" TEXT,
    "byId" UUID NOT NULL,
    "byName" TEXT NOT NULL,
    "correctedAt" TIMESTAMPTZ(3) NOT NULL,
    "undoneAt" TIMESTAMPTZ(3),
    "undoneById" UUID,
    "undoneByName" TEXT,
    "undoReason" TEXT,

    CONSTRAINT "StudyCorrection_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "StudyCorrection_undone_check" CHECK (
      ("undoneAt" IS NULL) = ("undoneById" IS NULL)
      AND ("undoneAt" IS NULL) = ("undoReason" IS NULL))
);
CREATE INDEX "StudyCorrection_studyId_id_idx"
  ON "StudyCorrection" ("studyId", "id" DESC);
CREATE INDEX "StudyCorrection_toPatientId_id_idx"
  ON "StudyCorrection" ("toPatientId", "id" DESC);
CREATE INDEX "StudyCorrection_fromPatientId_idx"
  ON "StudyCorrection" ("fromPatientId");
ALTER TABLE "StudyCorrection" ADD CONSTRAINT "StudyCorrection_studyId_fkey"
  FOREIGN KEY ("studyId") REFERENCES "Study"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "StudyCorrection" ADD CONSTRAINT "StudyCorrection_fromPatientId_fkey"
  FOREIGN KEY ("fromPatientId") REFERENCES "Patient"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "StudyCorrection" ADD CONSTRAINT "StudyCorrection_toPatientId_fkey"
  FOREIGN KEY ("toPatientId") REFERENCES "Patient"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- Undone once, with who and why, and never changed or removed.
CREATE FUNCTION study_correction_refuse_change() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."undoneAt" IS NULL AND NEW."undoneAt" IS NOT NULL
    AND (NEW."id", NEW."siteId", NEW."studyId", NEW."fromPatientId",
      NEW."toPatientId", NEW."before", NEW."after", NEW."recordBefore",
      NEW."isRecordChanged", NEW."notesTaken", NEW."reason", NEW."byId",
      NEW."byName", NEW."correctedAt")
    IS NOT DISTINCT FROM (OLD."id", OLD."siteId", OLD."studyId",
      OLD."fromPatientId", OLD."toPatientId", OLD."before", OLD."after",
      OLD."recordBefore", OLD."isRecordChanged", OLD."notesTaken",
      OLD."reason", OLD."byId", OLD."byName", OLD."correctedAt") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'study corrections are append-only: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER study_correction_refuse_change
BEFORE UPDATE OR DELETE ON "StudyCorrection"
FOR EACH ROW EXECUTE FUNCTION study_correction_refuse_change();
CREATE TRIGGER study_correction_refuse_truncate
BEFORE TRUNCATE ON "StudyCorrection"
FOR EACH STATEMENT EXECUTE FUNCTION study_correction_refuse_change();
