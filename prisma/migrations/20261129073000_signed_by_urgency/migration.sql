-- By urgency, what is signed stands below all that is open. The list is walked
-- along for signed cases only (docs/decisions/0079), so its index holds no
-- others: an open case is no longer passed, nor written here while it is open.
DROP INDEX "Case_ordered_urgency";
CREATE INDEX "Case_signed" ON "Case" ("siteId", "urgency", "arrivedAt", "id")
  INCLUDE ("worklistBucket", "searchText", "worklistTraits")
  WHERE "state" = 'SIGNED';
