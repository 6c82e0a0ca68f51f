-- A result that somebody must be told of at once: to whom it was said, how,
-- and what was read back. Open until it was.

CREATE TYPE "CriticalState" AS ENUM ('OPEN', 'TOLD', 'ACKNOWLEDGED', 'WITHDRAWN');
CREATE TYPE "CriticalWay" AS ENUM ('PHONE', 'IN_PERSON', 'DESK');

CREATE TABLE "CriticalResult" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "state" "CriticalState" NOT NULL DEFAULT 'OPEN',
    "finding" TEXT,
    "reason" TEXT,
    "markedById" UUID NOT NULL,
    "markedByName" TEXT NOT NULL,
    "markedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "escalatedAt" TIMESTAMPTZ(3),
    "toldTo" TEXT,
    "toldUserId" UUID,
    "way" "CriticalWay",
    "toldAt" TIMESTAMPTZ(3),
    "toldById" UUID,
    "toldByName" TEXT,
    "readBack" TEXT,
    "readBackBy" TEXT,
    "acknowledgedAt" TIMESTAMPTZ(3),
    "acknowledgedById" UUID,
    "acknowledgedByName" TEXT,
    "withdrawnAt" TIMESTAMPTZ(3),
    "withdrawnByName" TEXT,
    "withdrawReason" TEXT,

    CONSTRAINT "CriticalResult_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "CriticalResult_says_what"
      CHECK ("finding" IS NOT NULL OR "reason" IS NOT NULL),
    CONSTRAINT "CriticalResult_told_how"
      CHECK ("state" <> 'TOLD' OR ("toldTo" IS NOT NULL AND "way" IS NOT NULL
        AND "toldAt" IS NOT NULL)),
    CONSTRAINT "CriticalResult_read_back"
      CHECK ("state" <> 'ACKNOWLEDGED' OR ("readBack" IS NOT NULL
        AND "readBackBy" IS NOT NULL AND "acknowledgedAt" IS NOT NULL))
);
CREATE INDEX "CriticalResult_siteId_id_idx"
  ON "CriticalResult" ("siteId", "id" DESC);
CREATE INDEX "CriticalResult_caseId_id_idx" ON "CriticalResult" ("caseId", "id" DESC);
CREATE INDEX "CriticalResult_versionId_idx" ON "CriticalResult" ("versionId");
-- What is open, the longest overdue first: lists, counts and the escalation.
CREATE INDEX "CriticalResult_open" ON "CriticalResult" ("siteId", "dueAt", "id")
  WHERE "state" IN ('OPEN', 'TOLD');
-- One at a time of a case, however many mark it at once.
CREATE UNIQUE INDEX "CriticalResult_open_of_case" ON "CriticalResult" ("caseId")
  WHERE "state" IN ('OPEN', 'TOLD');

ALTER TABLE "CriticalResult" ADD CONSTRAINT "CriticalResult_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "CriticalResult" ADD CONSTRAINT "CriticalResult_versionId_fkey"
  FOREIGN KEY ("versionId") REFERENCES "ReadingVersion"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was acknowledged or withdrawn stays as it is, and nothing is removed.
CREATE FUNCTION critical_result_refuse_change() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."state" IN ('OPEN', 'TOLD')
    AND (NEW."id", NEW."siteId", NEW."caseId", NEW."versionId", NEW."finding",
      NEW."reason", NEW."markedById", NEW."markedByName", NEW."markedAt",
      NEW."dueAt")
    IS NOT DISTINCT FROM (OLD."id", OLD."siteId", OLD."caseId",
      OLD."versionId", OLD."finding", OLD."reason", OLD."markedById",
      OLD."markedByName", OLD."markedAt", OLD."dueAt") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a closed critical result is never changed: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER critical_result_refuse_change
BEFORE UPDATE OR DELETE ON "CriticalResult"
FOR EACH ROW EXECUTE FUNCTION critical_result_refuse_change();
CREATE TRIGGER critical_result_refuse_truncate
BEFORE TRUNCATE ON "CriticalResult"
FOR EACH STATEMENT EXECUTE FUNCTION critical_result_refuse_change();

-- New sites begin with what the policy says of critical results; stored
-- versions without it read as this (the default in policy-document.ts).
ALTER FUNCTION first_policy() RENAME TO first_policy_of_2026_11_28;
CREATE FUNCTION first_policy() RETURNS jsonb IMMUTABLE LANGUAGE sql AS $$
  SELECT first_policy_of_2026_11_28() || '{
    "critical": {
      "findings": ["pneumothorax"],
      "minutes": 60
    },
    "reports": {"preliminary": true}
  }'::jsonb
$$;
