-- What counts for learning was what was signed last, read from the readings
-- at each export. It becomes a row of its own with a grade, made by one rule
-- in the transaction of every signature, amendment and reopening, so that a
-- dataset can name the very label that it took.

CREATE TYPE "LabelGrade" AS ENUM
  ('ADJUDICATED', 'TWO_AGREE', 'ONE_BLIND', 'ONE_AFTER_AI');

CREATE TABLE "CaseLabel" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "readingVersionId" UUID NOT NULL,
    "label" "Label" NOT NULL,
    "grade" "LabelGrade" NOT NULL,
    "present" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "absent" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "uncertain" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "regions" JSONB NOT NULL DEFAULT '[]',
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "CaseLabel_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "CaseLabel_caseId_version_key"
  ON "CaseLabel" ("caseId", "version");
CREATE INDEX "CaseLabel_readingVersionId_idx"
  ON "CaseLabel" ("readingVersionId");
ALTER TABLE "CaseLabel" ADD CONSTRAINT "CaseLabel_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "CaseLabel" ADD CONSTRAINT "CaseLabel_readingVersionId_fkey"
  FOREIGN KEY ("readingVersionId") REFERENCES "ReadingVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- The one that counts, and what datasets choose by.
CREATE UNIQUE INDEX "CaseLabel_current" ON "CaseLabel" ("caseId")
  WHERE "until" IS NULL;
CREATE INDEX "CaseLabel_choice" ON "CaseLabel" ("siteId", "label", "grade", "caseId")
  WHERE "until" IS NULL;

-- A label ends and is never changed: datasets point at it.
CREATE FUNCTION case_label_refuse_change() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."until" IS NULL AND NEW."until" IS NOT NULL THEN
    OLD."until" := NEW."until";
    IF OLD IS NOT DISTINCT FROM NEW THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'labels are append-only: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER case_label_refuse_change
BEFORE UPDATE OR DELETE ON "CaseLabel"
FOR EACH ROW EXECUTE FUNCTION case_label_refuse_change();
CREATE TRIGGER case_label_refuse_truncate BEFORE TRUNCATE ON "CaseLabel"
FOR EACH STATEMENT EXECUTE FUNCTION case_label_refuse_change();

-- Signed cases get theirs by the same rule; all were read once.
INSERT INTO "CaseLabel" ("id", "siteId", "caseId", "version",
  "readingVersionId", "label", "grade", "present", "absent", "regions", "since")
SELECT gen_random_uuid(), c."siteId", c."id", 1, v."id", v."label",
  (CASE WHEN v."opinionIsBlind" AND v."opinion" = v."label"
    THEN 'ONE_BLIND' ELSE 'ONE_AFTER_AI' END)::"LabelGrade",
  p."codes",
  CASE WHEN v."label" = 'NORMAL'
    THEN ARRAY['pneumonia'] ELSE ARRAY[]::text[] END,
  v."marks", v."signedAt"
FROM "Case" c
CROSS JOIN LATERAL (
  SELECT rv.*, r."opinion", r."opinionIsBlind"
  FROM "Reading" r JOIN "ReadingVersion" rv ON rv."readingId" = r."id"
  WHERE r."caseId" = c."id" AND r."state" = 'SIGNED' AND r."stage" = 'PRIMARY'
  ORDER BY r."endedAt" DESC, r."id" DESC, rv."version" DESC LIMIT 1
) v
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(DISTINCT said."code" ORDER BY said."code"),
    ARRAY[]::text[]) AS "codes"
  FROM (
    SELECT 'pneumonia' AS "code" WHERE v."label" = 'PNEUMONIA'
    UNION ALL
    SELECT lower(btrim(mark ->> 'finding'))
    FROM jsonb_array_elements(v."marks") mark
    WHERE lower(btrim(mark ->> 'finding')) <> 'pneumonia'
  ) said
  WHERE said."code" IN ('pneumonia', 'atelectasis', 'cardiomegaly',
    'consolidation', 'edema', 'effusion', 'emphysema', 'fibrosis', 'hernia',
    'infiltration', 'nodule-mass', 'pleural-thickening', 'pneumothorax')
) p
WHERE c."state" = 'SIGNED' AND v."label" IN ('NORMAL', 'PNEUMONIA', 'OTHER');
