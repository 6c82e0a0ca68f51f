-- A model went live at the word of one admin, measured or not. Bars are
-- declared before a candidate is judged, a judgement holds candidate and live
-- model to them, and two people promote; all of it stays as it was said.

CREATE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$$ LANGUAGE plpgsql;

CREATE TABLE "BarsVersion" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BarsVersion_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "BarsVersion_siteId_version_key"
  ON "BarsVersion" ("siteId", "version");
ALTER TABLE "BarsVersion" ADD CONSTRAINT "BarsVersion_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "Judgement" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "barsId" UUID NOT NULL,
    "candidateId" UUID NOT NULL,
    "liveId" UUID NOT NULL,
    "byId" TEXT NOT NULL,
    "byName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Judgement_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Judgement_siteId_id_idx" ON "Judgement" ("siteId", "id" DESC);
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_barsId_fkey"
  FOREIGN KEY ("barsId") REFERENCES "BarsVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_candidateId_fkey"
  FOREIGN KEY ("candidateId") REFERENCES "ModelVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Judgement" ADD CONSTRAINT "Judgement_liveId_fkey"
  FOREIGN KEY ("liveId") REFERENCES "ModelVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TYPE "JudgementVerdict" AS ENUM ('PASSED', 'MISSED', 'REFUSED', 'FAILED');

CREATE TABLE "JudgementResult" (
    "judgementId" UUID NOT NULL,
    "verdict" "JudgementVerdict" NOT NULL,
    "code" TEXT,
    "detail" TEXT,
    "document" JSONB NOT NULL,
    "finishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "JudgementResult_pkey" PRIMARY KEY ("judgementId")
);
ALTER TABLE "JudgementResult" ADD CONSTRAINT "JudgementResult_judgementId_fkey"
  FOREIGN KEY ("judgementId") REFERENCES "Judgement"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER bars_version_refuse_change BEFORE UPDATE OR DELETE ON "BarsVersion"
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER bars_version_refuse_truncate BEFORE TRUNCATE ON "BarsVersion"
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER judgement_refuse_change BEFORE UPDATE OR DELETE ON "Judgement"
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER judgement_refuse_truncate BEFORE TRUNCATE ON "Judgement"
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER judgement_result_refuse_change BEFORE UPDATE OR DELETE ON "JudgementResult"
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER judgement_result_refuse_truncate BEFORE TRUNCATE ON "JudgementResult"
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TYPE "PromotionState" AS ENUM ('PROPOSED', 'APPROVED', 'REJECTED', 'ROLLED_BACK');

CREATE TABLE "Promotion" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "judgementId" UUID NOT NULL,
    "candidateId" UUID NOT NULL,
    "replacesId" UUID NOT NULL,
    "trainedBy" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "state" "PromotionState" NOT NULL DEFAULT 'PROPOSED',
    "reason" TEXT NOT NULL,
    "proposedById" UUID NOT NULL,
    "proposedByName" TEXT NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "decisionReason" TEXT,
    "decidedById" UUID,
    "decidedByName" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "replacedOwn" BOOLEAN,
    "rollbackReason" TEXT,
    "rolledBackById" UUID,
    "rolledBackByName" TEXT,
    "rolledBackAt" TIMESTAMPTZ(3),

    CONSTRAINT "Promotion_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "Promotion_siteId_id_idx" ON "Promotion" ("siteId", "id" DESC);
-- One proposal of a site waits at a time.
CREATE UNIQUE INDEX "Promotion_open" ON "Promotion" ("siteId")
  WHERE "state" = 'PROPOSED';
ALTER TABLE "Promotion" ADD CONSTRAINT "Promotion_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Promotion" ADD CONSTRAINT "Promotion_judgementId_fkey"
  FOREIGN KEY ("judgementId") REFERENCES "Judgement"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Promotion" ADD CONSTRAINT "Promotion_candidateId_fkey"
  FOREIGN KEY ("candidateId") REFERENCES "ModelVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Promotion" ADD CONSTRAINT "Promotion_replacesId_fkey"
  FOREIGN KEY ("replacesId") REFERENCES "ModelVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
-- The second person is another one, whatever the code says.
ALTER TABLE "Promotion" ADD CONSTRAINT "Promotion_by_two"
  CHECK ("state" NOT IN ('APPROVED', 'ROLLED_BACK')
    OR "decidedById" <> "proposedById");

-- A proposal is decided once and rolled back once; nothing else of it changes.
CREATE FUNCTION promotion_refuse_change() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND (NEW."id", NEW."siteId", NEW."judgementId", NEW."candidateId",
      NEW."replacesId", NEW."trainedBy", NEW."reason", NEW."proposedById",
      NEW."proposedByName", NEW."proposedAt")
    IS NOT DISTINCT FROM (OLD."id", OLD."siteId", OLD."judgementId",
      OLD."candidateId", OLD."replacesId", OLD."trainedBy", OLD."reason",
      OLD."proposedById", OLD."proposedByName", OLD."proposedAt")
    AND ((OLD."state" = 'PROPOSED' AND NEW."state" IN ('APPROVED', 'REJECTED'))
      OR (OLD."state" = 'APPROVED' AND NEW."state" = 'ROLLED_BACK'
        AND (NEW."decisionReason", NEW."decidedById", NEW."decidedByName",
          NEW."decidedAt", NEW."replacedOwn")
        IS NOT DISTINCT FROM (OLD."decisionReason", OLD."decidedById",
          OLD."decidedByName", OLD."decidedAt", OLD."replacedOwn")))
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a promotion is decided once and rolled back once: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER promotion_refuse_change BEFORE UPDATE OR DELETE ON "Promotion"
FOR EACH ROW EXECUTE FUNCTION promotion_refuse_change();
CREATE TRIGGER promotion_refuse_truncate BEFORE TRUNCATE ON "Promotion"
FOR EACH STATEMENT EXECUTE FUNCTION promotion_refuse_change();

-- A shadow runs for a number of films or until a day that was set beforehand;
-- those of before have neither and are ended by hand.
ALTER TABLE "ModelRole" ADD COLUMN "filmLimit" INTEGER,
  ADD COLUMN "endsAt" TIMESTAMPTZ(3);

-- The shipped bars. A test compares them with those in code.
CREATE FUNCTION first_bars() RETURNS jsonb IMMUTABLE LANGUAGE sql AS $$
  SELECT '{
    "phantoms": {"films": 96, "seed": 20261128},
    "bars": [
      {"set": "REFERENCE", "measure": "AUROC_LOSS", "limit": 0.02, "leastFilms": 20, "leastOfAKind": 8, "mustBeMeasured": true},
      {"set": "REFERENCE", "measure": "TRIAGE_SENSITIVITY", "limit": 0.9, "leastFilms": 20, "leastOfAKind": 8, "mustBeMeasured": true},
      {"set": "REFERENCE", "measure": "ECE", "limit": 0.25, "leastFilms": 20, "leastOfAKind": 8, "mustBeMeasured": true},
      {"set": "REFERENCE", "measure": "REFUSALS", "limit": 0.05, "leastFilms": 20, "leastOfAKind": 0, "mustBeMeasured": true},
      {"set": "REFERENCE", "measure": "POINTING", "limit": 0.5, "leastFilms": 20, "leastOfAKind": 8, "mustBeMeasured": true},
      {"set": "REFERENCE", "measure": "MILLISECONDS", "limit": 2000, "leastFilms": 20, "leastOfAKind": 0, "mustBeMeasured": true},
      {"set": "EVERGREEN", "measure": "AUROC_LOSS", "limit": 0.03, "leastFilms": 100, "leastOfAKind": 20, "mustBeMeasured": false},
      {"set": "EVERGREEN", "measure": "TRIAGE_SENSITIVITY", "limit": 0.9, "leastFilms": 100, "leastOfAKind": 20, "mustBeMeasured": false},
      {"set": "EVERGREEN", "measure": "ECE", "limit": 0.1, "leastFilms": 100, "leastOfAKind": 20, "mustBeMeasured": false},
      {"set": "EVERGREEN", "measure": "REFUSALS", "limit": 0.05, "leastFilms": 100, "leastOfAKind": 0, "mustBeMeasured": false},
      {"set": "EVERGREEN", "measure": "POINTING", "limit": 0.4, "leastFilms": 100, "leastOfAKind": 20, "mustBeMeasured": false},
      {"set": "EVERGREEN", "measure": "MILLISECONDS", "limit": 2000, "leastFilms": 100, "leastOfAKind": 0, "mustBeMeasured": false}
    ]
  }'::jsonb
$$;

-- No site is ever without bars, whoever makes it.
CREATE FUNCTION site_first_bars() RETURNS trigger AS $$
BEGIN
  INSERT INTO "BarsVersion" ("id", "siteId", "version", "document",
    "reason", "byId", "byName", "createdAt")
  VALUES (gen_random_uuid(), NEW."id", 1, first_bars(),
    'As shipped', 'SYSTEM', 'shipped-bars', NEW."createdAt");
  RETURN NULL;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER site_first_bars AFTER INSERT ON "Site"
FOR EACH ROW EXECUTE FUNCTION site_first_bars();

INSERT INTO "BarsVersion" ("id", "siteId", "version", "document",
  "reason", "byId", "byName")
SELECT gen_random_uuid(), "id", 1, first_bars(), 'As shipped', 'SYSTEM',
  'shipped-bars'
FROM "Site";
