-- What the worklist's indexes are made of becomes columns of its own: an
-- index over an expression is never enough by itself to answer a query, and
-- a page that merges the heads of a few hundred buckets must not fetch each
-- row from the table. One trigger keeps the columns; nobody else writes them.

ALTER TABLE "Case"
  ADD COLUMN "worklistBucket" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "sortProbability" DOUBLE PRECISION NOT NULL DEFAULT -1,
  ADD COLUMN "sortName" TEXT NOT NULL DEFAULT '';

DROP TRIGGER case_search_text ON "Case";
DROP FUNCTION case_search_text();

CREATE FUNCTION case_worklist_columns() RETURNS trigger AS $$
BEGIN
  NEW."searchText" := fold_search(concat_ws(' ', NEW."patientName",
    NEW."mrn", NEW."accessionNumber"));
  NEW."sortName" := fold_search(NEW."patientName");
  NEW."sortProbability" := coalesce(NEW."probability", -1);
  NEW."worklistBucket" := worklist_bucket(NEW."state", NEW."assessment",
    NEW."urgency", NEW."decidedLabel", NEW."probability", NEW."threshold",
    NEW."assigneeId");
  RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER case_worklist_columns BEFORE INSERT OR UPDATE ON "Case"
FOR EACH ROW EXECUTE FUNCTION case_worklist_columns();

UPDATE "Case" SET "searchText" = '';

DROP INDEX "Case_worklist_arrived";
DROP INDEX "Case_worklist_probability";
DROP INDEX "Case_worklist_patient";
DROP INDEX "Case_assigned_arrived";
DROP INDEX "Case_assigned_probability";
DROP INDEX "Case_assigned_patient";
DROP INDEX "Case_siteId_state_urgency_arrivedAt_id_idx";

-- The heads of buckets, in each order.
CREATE INDEX "Case_worklist_arrived"
  ON "Case" ("siteId", "worklistBucket", "arrivedAt", "id");
CREATE INDEX "Case_worklist_probability"
  ON "Case" ("siteId", "worklistBucket", "sortProbability", "id");
CREATE INDEX "Case_worklist_patient"
  ON "Case" ("siteId", "worklistBucket", "sortName", "id");

-- The whole list of a site in each order (by arrival there is one already).
CREATE INDEX "Case_ordered_urgency"
  ON "Case" ("siteId", "urgency", "arrivedAt", "id");
CREATE INDEX "Case_ordered_probability"
  ON "Case" ("siteId", "sortProbability", "id");
CREATE INDEX "Case_ordered_patient" ON "Case" ("siteId", "sortName", "id");

-- One assignee's cases; partial, so beyond Prisma's schema.
CREATE INDEX "Case_assigned_arrived" ON "Case"
  ("siteId", "assigneeId", "worklistBucket", "arrivedAt", "id")
  WHERE "assigneeId" IS NOT NULL;
CREATE INDEX "Case_assigned_probability" ON "Case"
  ("siteId", "assigneeId", "worklistBucket", "sortProbability", "id")
  WHERE "assigneeId" IS NOT NULL;
CREATE INDEX "Case_assigned_patient" ON "Case"
  ("siteId", "assigneeId", "worklistBucket", "sortName", "id")
  WHERE "assigneeId" IS NOT NULL;
