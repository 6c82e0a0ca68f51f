-- Every list of the worklist is answered from one index alone, searches and
-- times of arrival included: the indexes carry the searched text and the
-- arrival along. With a million cases a row fetched from the table costs one
-- to five microseconds, one that is read past in an index a third of one. The
-- indexes that only searches used (010500) are the same lists with the text,
-- so they go.
DROP INDEX IF EXISTS "Case_search_arrived";
DROP INDEX IF EXISTS "Case_search_patient";
DROP INDEX IF EXISTS "Case_search_probability";
DROP INDEX IF EXISTS "Case_search_urgency";

-- Prisma's schema cannot say INCLUDE and takes such an index for another one,
-- but leaves partial indexes alone. The condition holds for every row, and
-- every worklist query states it.
ALTER TABLE "Case" ADD CONSTRAINT "Case_worklistBucket_check"
  CHECK ("worklistBucket" >= 0);

-- Names in the order of their letters' codes whatever the database's locale,
-- so that the names that start with a word are a range of the index.
DROP INDEX "Case_worklist_patient";
DROP INDEX "Case_ordered_patient";
DROP INDEX "Case_assigned_patient";
ALTER TABLE "Case" ALTER COLUMN "sortName" TYPE TEXT COLLATE "C";
CREATE INDEX "Case_assigned_patient" ON "Case"
  ("siteId", "assigneeId", "worklistBucket", "sortName", "id")
  WHERE "assigneeId" IS NOT NULL;

-- Where a word stands behind the first letter: with the range above, all that
-- contain it, without walking along the list to the first of them.
CREATE INDEX "Case_search_behind" ON "Case"
  USING gin (substr("searchText", 2) gin_trgm_ops) WHERE "searchText" <> '';

-- The heads of buckets, in each order.
DROP INDEX "Case_worklist_arrived";
CREATE INDEX "Case_worklist_arrived"
  ON "Case" ("siteId", "worklistBucket", "arrivedAt", "id")
  INCLUDE ("searchText") WHERE "worklistBucket" >= 0;
DROP INDEX "Case_worklist_probability";
CREATE INDEX "Case_worklist_probability"
  ON "Case" ("siteId", "worklistBucket", "sortProbability", "id")
  INCLUDE ("searchText", "arrivedAt") WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_worklist_patient"
  ON "Case" ("siteId", "worklistBucket", "sortName", "id")
  INCLUDE ("searchText", "arrivedAt") WHERE "worklistBucket" >= 0;

-- The whole list of a site in each order.
CREATE INDEX "Case_ordered_arrived" ON "Case" ("siteId", "arrivedAt", "id")
  INCLUDE ("worklistBucket", "searchText") WHERE "worklistBucket" >= 0;
DROP INDEX "Case_ordered_urgency";
CREATE INDEX "Case_ordered_urgency"
  ON "Case" ("siteId", "urgency", "arrivedAt", "id")
  INCLUDE ("worklistBucket", "searchText") WHERE "worklistBucket" >= 0;
DROP INDEX "Case_ordered_probability";
CREATE INDEX "Case_ordered_probability"
  ON "Case" ("siteId", "sortProbability", "id")
  INCLUDE ("worklistBucket", "searchText", "arrivedAt")
  WHERE "worklistBucket" >= 0;
CREATE INDEX "Case_ordered_patient" ON "Case" ("siteId", "sortName", "id")
  INCLUDE ("worklistBucket", "searchText", "arrivedAt")
  WHERE "worklistBucket" >= 0;

-- An index answers alone only where VACUUM has passed. By default it waits
-- for a fifth of the table, which at a million cases is half a year's.
ALTER TABLE "Case" SET (
  autovacuum_vacuum_scale_factor = 0.01,
  autovacuum_vacuum_insert_scale_factor = 0.01,
  autovacuum_analyze_scale_factor = 0.02
);
