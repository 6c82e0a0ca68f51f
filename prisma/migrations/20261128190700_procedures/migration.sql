-- What a site does beside the reading: masks, isolation, the right patient,
-- a call. An admin writes it down, a case begins it, people do its steps in
-- time and say so. Nothing here stands in the way of a reading.

CREATE TYPE "ProcedureMoment" AS ENUM ('ARRIVAL', 'AI', 'READING', 'CRITICAL');
CREATE TYPE "ProcedureStepState" AS ENUM ('OPEN', 'DONE', 'NOT_NEEDED');

CREATE TABLE "Procedure" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Procedure_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Procedure_siteId_id_idx" ON "Procedure" ("siteId", "id");

CREATE TABLE "ProcedureVersion" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "procedureId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "isOn" BOOLEAN NOT NULL,
    "document" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProcedureVersion_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "ProcedureVersion_procedureId_version_key"
  ON "ProcedureVersion" ("procedureId", "version");
-- The newest of each procedure of a site.
CREATE INDEX "ProcedureVersion_siteId_procedureId_version_idx"
  ON "ProcedureVersion" ("siteId", "procedureId", "version" DESC);

CREATE TABLE "ProcedureRun" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "procedureId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "moment" "ProcedureMoment" NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ProcedureRun_pkey" PRIMARY KEY ("id")
);
-- Once for each case and procedure, however many begin it at once.
CREATE UNIQUE INDEX "ProcedureRun_caseId_procedureId_key"
  ON "ProcedureRun" ("caseId", "procedureId");
CREATE INDEX "ProcedureRun_siteId_startedAt_idx"
  ON "ProcedureRun" ("siteId", "startedAt");

CREATE TABLE "ProcedureStep" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "runId" UUID NOT NULL,
    "procedureId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "moment" "ProcedureMoment" NOT NULL,
    "role" "Role" NOT NULL,
    "state" "ProcedureStepState" NOT NULL DEFAULT 'OPEN',
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "escalatedAt" TIMESTAMPTZ(3),
    "isReadBack" BOOLEAN NOT NULL DEFAULT false,
    "answer" TEXT,
    "doneAt" TIMESTAMPTZ(3),
    "doneById" UUID,
    "doneByName" TEXT,
    "correctReason" TEXT,
    "correctedAt" TIMESTAMPTZ(3),
    "correctedByName" TEXT,

    CONSTRAINT "ProcedureStep_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ProcedureStep_done_by"
      CHECK ("state" <> 'DONE' OR ("answer" IS NOT NULL
        AND "doneAt" IS NOT NULL AND "doneByName" IS NOT NULL)),
    CONSTRAINT "ProcedureStep_corrected_why"
      CHECK ("correctedAt" IS NULL OR ("correctReason" IS NOT NULL
        AND "correctedByName" IS NOT NULL))
);
CREATE UNIQUE INDEX "ProcedureStep_runId_position_key"
  ON "ProcedureStep" ("runId", "position");
CREATE INDEX "ProcedureStep_caseId_idx" ON "ProcedureStep" ("caseId");
-- What is open at a site, the longest overdue first: the list and its counts.
CREATE INDEX "ProcedureStep_open" ON "ProcedureStep" ("siteId", "dueAt", "id")
  WHERE "state" = 'OPEN';
-- What is yet to be escalated, over all sites.
CREATE INDEX "ProcedureStep_unescalated" ON "ProcedureStep" ("dueAt", "id")
  WHERE "state" = 'OPEN' AND "escalatedAt" IS NULL AND NOT "isReadBack";

ALTER TABLE "Procedure" ADD CONSTRAINT "Procedure_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ProcedureVersion" ADD CONSTRAINT "ProcedureVersion_procedureId_fkey"
  FOREIGN KEY ("procedureId") REFERENCES "Procedure"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ProcedureRun" ADD CONSTRAINT "ProcedureRun_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ProcedureRun" ADD CONSTRAINT "ProcedureRun_procedureId_fkey"
  FOREIGN KEY ("procedureId") REFERENCES "Procedure"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ProcedureRun" ADD CONSTRAINT "ProcedureRun_versionId_fkey"
  FOREIGN KEY ("versionId") REFERENCES "ProcedureVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ProcedureStep" ADD CONSTRAINT "ProcedureStep_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ProcedureStep" ADD CONSTRAINT "ProcedureStep_runId_fkey"
  FOREIGN KEY ("runId") REFERENCES "ProcedureRun"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was written down and what began stays as it is.
CREATE FUNCTION procedure_refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER procedure_version_refuse_change
BEFORE UPDATE OR DELETE ON "ProcedureVersion"
FOR EACH ROW EXECUTE FUNCTION procedure_refuse_change();
CREATE TRIGGER procedure_version_refuse_truncate
BEFORE TRUNCATE ON "ProcedureVersion"
FOR EACH STATEMENT EXECUTE FUNCTION procedure_refuse_change();
CREATE TRIGGER procedure_run_refuse_change
BEFORE UPDATE OR DELETE ON "ProcedureRun"
FOR EACH ROW EXECUTE FUNCTION procedure_refuse_change();
CREATE TRIGGER procedure_run_refuse_truncate
BEFORE TRUNCATE ON "ProcedureRun"
FOR EACH STATEMENT EXECUTE FUNCTION procedure_refuse_change();

-- The procedures that the product ships with, off until an admin of the site
-- has looked at them. A test reads each with the schema in code.
CREATE FUNCTION first_procedures() RETURNS jsonb IMMUTABLE LANGUAGE sql AS $$
  SELECT '[
    {
      "name": {"en": "Respiratory infection screening", "vi": "Sàng lọc nhiễm trùng hô hấp"},
      "trigger": {"moment": "ARRIVAL", "findings": [],
        "flags": ["fever", "cough", "dyspnoea", "tachypnoea"],
        "ageFrom": null, "ageTo": null, "modalities": []},
      "steps": [
        {"name": {"en": "Patient wears a mask", "vi": "Người bệnh đeo khẩu trang"},
          "role": "STAFF", "minutes": 15,
          "evidence": {"kind": "CHOICE", "options": [
            {"code": "yes", "name": {"en": "Yes", "vi": "Có"}},
            {"code": "no", "name": {"en": "No", "vi": "Không"}},
            {"code": "not-possible", "name": {"en": "Not possible", "vi": "Không thể"}}],
            "unit": null, "min": null, "max": null}},
        {"name": {"en": "Patient is kept apart", "vi": "Người bệnh được cách ly"},
          "role": "STAFF", "minutes": 30,
          "evidence": {"kind": "CHOICE", "options": [
            {"code": "yes", "name": {"en": "Yes", "vi": "Có"}},
            {"code": "no", "name": {"en": "No", "vi": "Không"}},
            {"code": "not-possible", "name": {"en": "Not possible", "vi": "Không thể"}}],
            "unit": null, "min": null, "max": null}},
        {"name": {"en": "Room and device are cleaned", "vi": "Phòng và máy chụp đã được vệ sinh"},
          "role": "STAFF", "minutes": 60,
          "evidence": {"kind": "TICK", "options": [], "unit": null, "min": null, "max": null}},
        {"name": {"en": "Infection control is told", "vi": "Đã báo khoa kiểm soát nhiễm khuẩn"},
          "role": "STAFF", "minutes": 120,
          "evidence": {"kind": "TICK", "options": [], "unit": null, "min": null, "max": null}}
      ]
    },
    {
      "name": {"en": "Identity and side marker", "vi": "Danh tính và dấu bên"},
      "trigger": {"moment": "ARRIVAL", "findings": [], "flags": [],
        "ageFrom": null, "ageTo": null, "modalities": []},
      "steps": [
        {"name": {"en": "Name and birth date match the order", "vi": "Họ tên và ngày sinh khớp với chỉ định"},
          "role": "STAFF", "minutes": 15,
          "evidence": {"kind": "TICK", "options": [], "unit": null, "min": null, "max": null}},
        {"name": {"en": "The side marker is right", "vi": "Dấu bên phải hoặc trái đúng"},
          "role": "STAFF", "minutes": 15,
          "evidence": {"kind": "CHOICE", "options": [
            {"code": "right", "name": {"en": "It is right", "vi": "Đúng"}},
            {"code": "wrong", "name": {"en": "It is wrong", "vi": "Sai"}},
            {"code": "missing", "name": {"en": "There is none", "vi": "Không có dấu"}}],
            "unit": null, "min": null, "max": null}}
      ]
    },
    {
      "name": {"en": "Tuberculosis pathway", "vi": "Quy trình lao phổi"},
      "trigger": {"moment": "READING",
        "findings": ["infiltration", "consolidation", "nodule-mass"],
        "flags": ["cough", "immunosuppressed"],
        "ageFrom": 15, "ageTo": null, "modalities": []},
      "steps": [
        {"name": {"en": "Patient wears a mask and is kept apart", "vi": "Người bệnh đeo khẩu trang và được cách ly"},
          "role": "STAFF", "minutes": 30,
          "evidence": {"kind": "CHOICE", "options": [
            {"code": "yes", "name": {"en": "Yes", "vi": "Có"}},
            {"code": "no", "name": {"en": "No", "vi": "Không"}},
            {"code": "not-possible", "name": {"en": "Not possible", "vi": "Không thể"}}],
            "unit": null, "min": null, "max": null}},
        {"name": {"en": "Weeks of cough", "vi": "Số tuần ho"},
          "role": "STAFF", "minutes": 240,
          "evidence": {"kind": "NUMBER", "options": [], "unit": "weeks", "min": 0, "max": 104}},
        {"name": {"en": "Sputum test is asked for", "vi": "Đã yêu cầu xét nghiệm đờm"},
          "role": "RADIOLOGIST", "minutes": 1440,
          "evidence": {"kind": "CHOICE", "options": [
            {"code": "asked", "name": {"en": "Asked for", "vi": "Đã yêu cầu"}},
            {"code": "not-needed", "name": {"en": "Not needed", "vi": "Không cần"}}],
            "unit": null, "min": null, "max": null}},
        {"name": {"en": "Tuberculosis programme is told", "vi": "Đã báo chương trình chống lao"},
          "role": "STAFF", "minutes": 1440,
          "evidence": {"kind": "TICK", "options": [], "unit": null, "min": null, "max": null}}
      ]
    },
    {
      "name": {"en": "Critical result call", "vi": "Báo kết quả nguy cấp"},
      "trigger": {"moment": "CRITICAL", "findings": [], "flags": [],
        "ageFrom": null, "ageTo": null, "modalities": []},
      "steps": [
        {"name": {"en": "Result is told and read back", "vi": "Kết quả đã được báo và nhắc lại xác nhận"},
          "role": "STAFF", "minutes": 60,
          "evidence": {"kind": "READ_BACK", "options": [], "unit": null, "min": null, "max": null}},
        {"name": {"en": "The call stands in the patient record", "vi": "Cuộc gọi đã được ghi vào hồ sơ bệnh án"},
          "role": "STAFF", "minutes": 120,
          "evidence": {"kind": "TICK", "options": [], "unit": null, "min": null, "max": null}}
      ]
    }
  ]'::jsonb
$$;

CREATE FUNCTION add_first_procedures("site" uuid, "at" timestamptz)
RETURNS void LANGUAGE sql AS $$
  WITH shipped AS (
    SELECT gen_random_uuid() AS "id", "document"
    FROM jsonb_array_elements(first_procedures()) AS f("document")
  ), made AS (
    INSERT INTO "Procedure" ("id", "siteId", "createdAt")
    SELECT "id", "site", "at" FROM shipped
  )
  INSERT INTO "ProcedureVersion" ("id", "siteId", "procedureId", "version",
    "isOn", "document", "reason", "byId", "byName", "createdAt")
  SELECT gen_random_uuid(), "site", "id", 1, false, "document",
    'As shipped', 'SYSTEM', 'shipped-procedures', "at"
  FROM shipped;
$$;

CREATE FUNCTION site_first_procedures() RETURNS trigger AS $$
BEGIN
  PERFORM add_first_procedures(NEW."id", NEW."createdAt");
  RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER site_first_procedures AFTER INSERT ON "Site"
FOR EACH ROW EXECUTE FUNCTION site_first_procedures();

SELECT add_first_procedures("id", "createdAt") FROM "Site";
