-- The application's role owns no table and may not write the head of the audit
-- chain. The trigger that appends does it with the rights of its owner; the
-- search path is fixed, so that nobody's own objects stand in for ours.
ALTER FUNCTION audit_event_append() SECURITY DEFINER
  SET search_path = public, pg_temp;
