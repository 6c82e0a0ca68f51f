-- Patients that films came for without a number, or with one that contradicts
-- its owner, wait for somebody to say who they are. The worklist lists their
-- cases; a site of a million studies has a few, which this index holds alone.

CREATE INDEX "Patient_unresolved" ON "Patient" ("siteId")
  INCLUDE ("id")
  WHERE "identityState" <> 'KNOWN';
