-- A password that was given again lets a session sign. Processes that remember
-- the session for a few seconds have to hear of that as of its end.
DROP TRIGGER tell_session_change ON "Session";

CREATE TRIGGER tell_session_change AFTER UPDATE ON "Session"
  FOR EACH ROW WHEN (OLD."revokedAt" IS DISTINCT FROM NEW."revokedAt"
    OR OLD."expiresAt" IS DISTINCT FROM NEW."expiresAt"
    OR OLD."provedAt" IS DISTINCT FROM NEW."provedAt")
  EXECUTE FUNCTION tell_session_change();
