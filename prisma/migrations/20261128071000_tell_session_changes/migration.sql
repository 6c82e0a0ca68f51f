-- Every API process remembers for a few seconds who a session is, and holds
-- sockets that are open. Both must hear at once when a session ends or when
-- its user's rights change, whoever wrote it: the API, a command, or SQL by
-- hand. So the tables tell it themselves. The payload is read by
-- apps/api/src/platform/notifications.ts.

CREATE FUNCTION tell_session_change() RETURNS trigger AS $$
DECLARE
  whose uuid;
BEGIN
  IF TG_TABLE_NAME = 'User' THEN
    whose := NEW."id";
  ELSIF TG_OP = 'INSERT' THEN
    whose := NEW."userId";
  ELSE
    whose := OLD."userId";
  END IF;
  PERFORM pg_notify('lung_iris',
    json_build_object('topic', 'session', 'userId', whose)::text);
  RETURN NULL;
END
$$ LANGUAGE plpgsql;

-- lastSeenAt is written once a minute and changes nobody's rights.
CREATE TRIGGER tell_session_change AFTER UPDATE ON "Session"
  FOR EACH ROW WHEN (OLD."revokedAt" IS DISTINCT FROM NEW."revokedAt"
    OR OLD."expiresAt" IS DISTINCT FROM NEW."expiresAt")
  EXECUTE FUNCTION tell_session_change();

CREATE TRIGGER tell_session_end AFTER DELETE ON "Session"
  FOR EACH ROW EXECUTE FUNCTION tell_session_change();

-- All of a user but what signing in writes.
CREATE TRIGGER tell_user_change AFTER UPDATE ON "User"
  FOR EACH ROW WHEN (
    (to_jsonb(OLD) - ARRAY['failedSignIns', 'lockedUntil', 'lastSignInAt', 'updatedAt'])
    IS DISTINCT FROM
    (to_jsonb(NEW) - ARRAY['failedSignIns', 'lockedUntil', 'lastSignInAt', 'updatedAt']))
  EXECUTE FUNCTION tell_session_change();

CREATE TRIGGER tell_member_change AFTER INSERT OR UPDATE OR DELETE ON "SiteMember"
  FOR EACH ROW EXECUTE FUNCTION tell_session_change();
