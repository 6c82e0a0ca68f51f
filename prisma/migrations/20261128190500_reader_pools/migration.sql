-- A pool is a named group of readers of a site. A case is given to a reader,
-- to a pool, or to a reader out of a pool; what nobody takes falls back.
CREATE TABLE "ReaderPool" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "closedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReaderPool_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "ReaderPool_siteId_name_id_idx"
  ON "ReaderPool" ("siteId", "name", "id");
-- Of the open pools of a site each name is there once, whatever its case.
CREATE UNIQUE INDEX "ReaderPool_open_name" ON "ReaderPool"
  ("siteId", lower("name")) WHERE "closedAt" IS NULL;
ALTER TABLE "ReaderPool" ADD CONSTRAINT "ReaderPool_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "ReaderPoolMember" (
    "poolId" UUID NOT NULL,
    "userId" UUID NOT NULL,

    CONSTRAINT "ReaderPoolMember_pkey" PRIMARY KEY ("poolId", "userId")
);
CREATE INDEX "ReaderPoolMember_userId_idx" ON "ReaderPoolMember" ("userId");
ALTER TABLE "ReaderPoolMember" ADD CONSTRAINT "ReaderPoolMember_poolId_fkey"
  FOREIGN KEY ("poolId") REFERENCES "ReaderPool"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ReaderPoolMember" ADD CONSTRAINT "ReaderPoolMember_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Case"
  ADD COLUMN "poolId" UUID,
  ADD COLUMN "assignedAt" TIMESTAMPTZ(3),
  ADD COLUMN "assignmentRule" TEXT;
ALTER TABLE "Case" ADD CONSTRAINT "Case_poolId_fkey"
  FOREIGN KEY ("poolId") REFERENCES "ReaderPool"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was given to somebody before counts from now on: nothing falls back
-- in the minute of the update.
UPDATE "Case" SET "assignedAt" = now()
  WHERE "assigneeId" IS NOT NULL AND "state" <> 'SIGNED';

-- A pool's cases in the order by urgency, and what may fall back.
CREATE INDEX "Case_pool_arrived" ON "Case"
  ("siteId", "poolId", "worklistBucket", "arrivedAt", "id")
  WHERE "poolId" IS NOT NULL;
CREATE INDEX "Case_assignments" ON "Case" ("siteId", "assignedAt", "id")
  WHERE "state" = 'WAITING' AND "assignedAt" IS NOT NULL;

-- A case that waits for a pool is not free either: it stands in the buckets
-- of what is assigned, as before of what is given to a reader. Whether a case
-- is assigned is the last bit of its bucket. A trigger of its own, which runs
-- after `case_worklist_columns`, as its name comes later.
CREATE FUNCTION case_worklist_pool() RETURNS trigger AS $$
BEGIN
  NEW."worklistBucket" := NEW."worklistBucket" + 1;
  RETURN NEW;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER case_worklist_pool BEFORE INSERT OR UPDATE ON "Case"
FOR EACH ROW WHEN (NEW."assigneeId" IS NULL AND NEW."poolId" IS NOT NULL)
EXECUTE FUNCTION case_worklist_pool();

-- New sites begin without rules. Documents of before are read as if this part
-- stood in them.
ALTER FUNCTION first_policy() RENAME TO first_policy_before_assignment;
CREATE FUNCTION first_policy() RETURNS jsonb IMMUTABLE LANGUAGE sql AS $$
  SELECT first_policy_before_assignment() ||
    '{"assignment": {"fallbackMinutes": 30, "rules": []}}'::jsonb
$$;
