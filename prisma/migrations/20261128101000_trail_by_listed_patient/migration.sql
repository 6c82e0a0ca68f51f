-- "Who looked at this patient" finds lists as well: pages of the worklist,
-- searches of the trail and exports name the patients that they showed. The
-- index holds the hashes of these ids only; events of other types are not in it.
CREATE INDEX "AuditEvent_listed_patients" ON "AuditEvent"
  USING gin ((("content"::jsonb) #> '{details,patientIds}') jsonb_path_ops)
  WHERE "type" IN ('worklist.viewed', 'audit.searched', 'dataset.patients-listed');

-- Pages of the worklist as former releases wrote them, by cases.
CREATE INDEX "AuditEvent_listed_cases" ON "AuditEvent"
  USING gin ((("content"::jsonb) #> '{details,caseIds}') jsonb_path_ops)
  WHERE "type" = 'worklist.viewed'
    AND (("content"::jsonb) #> '{details,patientIds}') IS NULL;
