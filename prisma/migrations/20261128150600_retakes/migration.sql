-- Why a film says nothing, and whether another is asked for.
ALTER TABLE "ReadingVersion"
  ADD COLUMN "notDiagnosticReason" TEXT,
  ADD COLUMN "retakeAsked" BOOLEAN NOT NULL DEFAULT false;

-- What the newest signature asks of who sent the film, until it is done.
ALTER TABLE "Case"
  ADD COLUMN "retakeAskedAt" TIMESTAMPTZ(3),
  ADD COLUMN "retakeDoneAt" TIMESTAMPTZ(3),
  ADD COLUMN "retakeReason" TEXT;
ALTER TABLE "Case" ADD CONSTRAINT "Case_retake_check" CHECK (
  ("retakeAskedAt" IS NULL) = ("retakeReason" IS NULL)
  AND ("retakeAskedAt" IS NOT NULL OR "retakeDoneAt" IS NULL));

-- The retakes that a site still waits for, and those of one patient: few.
CREATE INDEX "Case_retakes" ON "Case" ("siteId", "retakeAskedAt", "id")
  WHERE "retakeAskedAt" IS NOT NULL AND "retakeDoneAt" IS NULL;
CREATE INDEX "Case_patient_retakes" ON "Case" ("patientId", "id")
  WHERE "retakeAskedAt" IS NOT NULL AND "retakeDoneAt" IS NULL;

-- The label's two bits in a bucket are full. Cases signed as not diagnostic
-- have the number of a fourth state instead, so that no row is counted anew:
-- none has the label yet. As bucketsOf in features/worklist has it.
CREATE OR REPLACE FUNCTION worklist_bucket(
  "state" "CaseState", "assessment" "AssessmentState", "urgency" "Urgency",
  "label" "Label", "probability" double precision,
  "threshold" double precision, "assigneeId" uuid
) RETURNS integer IMMUTABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT
    (((CASE WHEN "state" = 'WAITING' THEN 0 WHEN "state" = 'READING' THEN 1
        WHEN "label" = 'NOT_DIAGNOSTIC' THEN 3 ELSE 2 END * 4
    + CASE "assessment" WHEN 'PENDING' THEN 0 WHEN 'NOT_ASSESSED' THEN 1
        ELSE CASE WHEN "probability" >= "threshold" THEN 3 ELSE 2 END END) * 4
    + CASE "urgency" WHEN 'CRITICAL' THEN 0 WHEN 'URGENT' THEN 1
        WHEN 'SOON' THEN 2 ELSE 3 END) * 4
    + CASE WHEN "state" <> 'SIGNED' OR "label" IS NULL
          OR "label" = 'NOT_DIAGNOSTIC' THEN 0
        WHEN "label" = 'NORMAL' THEN 1 WHEN "label" = 'PNEUMONIA' THEN 2
        ELSE 3 END) * 2
    + CASE WHEN "assigneeId" IS NULL THEN 0 ELSE 1 END
$$;
