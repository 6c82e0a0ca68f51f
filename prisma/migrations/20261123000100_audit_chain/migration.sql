-- The audit trail cannot be edited unnoticed: a trigger numbers the events
-- and chains their hashes, and refuses UPDATE, DELETE and TRUNCATE. It stands
-- in the database so that no writer, not even a raw INSERT, can leave it out.

INSERT INTO "AuditHead" ("id", "seq", "hash")
VALUES (1, 0, repeat('0', 64));

ALTER TABLE "AuditHead" ADD CONSTRAINT "AuditHead_single_row" CHECK ("id" = 1);

-- Locks the head until commit: one writer at a time appends, so the numbers
-- have no holes and the order of the chain is the order of the commits.
-- Callers therefore insert audit events last in their transaction.
CREATE FUNCTION audit_event_append() RETURNS trigger AS $$
DECLARE
  head "AuditHead"%ROWTYPE;
BEGIN
  SELECT * INTO STRICT head FROM "AuditHead" WHERE "id" = 1 FOR UPDATE;
  NEW."seq" := head."seq" + 1;
  NEW."previousHash" := head."hash";
  NEW."hash" := encode(sha256(convert_to(
    NEW."previousHash" || E'\n' || NEW."seq" || E'\n' || NEW."content", 'UTF8')), 'hex');
  UPDATE "AuditHead" SET "seq" = NEW."seq", "hash" = NEW."hash" WHERE "id" = 1;
  RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER audit_event_append BEFORE INSERT ON "AuditEvent"
FOR EACH ROW EXECUTE FUNCTION audit_event_append();

CREATE FUNCTION audit_event_refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'audit events are append-only: % refused', TG_OP
    USING ERRCODE = 'insufficient_privilege';
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER audit_event_refuse_change BEFORE UPDATE OR DELETE ON "AuditEvent"
FOR EACH ROW EXECUTE FUNCTION audit_event_refuse_change();

CREATE TRIGGER audit_event_refuse_truncate BEFORE TRUNCATE ON "AuditEvent"
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse_change();

-- The head moves only forward, and only through an append.
CREATE FUNCTION audit_head_guard() RETURNS trigger AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR NEW."seq" <> OLD."seq" + 1 OR pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'the head of the audit chain moves only with an appended event'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER audit_head_guard BEFORE UPDATE OR DELETE ON "AuditHead"
FOR EACH ROW EXECUTE FUNCTION audit_head_guard();

CREATE TRIGGER audit_head_refuse_truncate BEFORE TRUNCATE ON "AuditHead"
FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse_change();

-- A signed review never changes; an amendment is a row of its own.
CREATE FUNCTION review_refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'signed reviews are never changed: amend with a next version'
    USING ERRCODE = 'insufficient_privilege';
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER review_refuse_change BEFORE UPDATE OR DELETE ON "Review"
FOR EACH ROW EXECUTE FUNCTION review_refuse_change();
