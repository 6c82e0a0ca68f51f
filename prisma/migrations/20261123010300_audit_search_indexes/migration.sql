-- Any audit search is the merge of the heads of index ranges: by site and
-- type, by site, actor and type, by patient or by subject. "No site" stands
-- as the zero UUID, so that one index serves both. Expression indexes, which
-- Prisma's migrate engine leaves alone.
CREATE INDEX "AuditEvent_site_type" ON "AuditEvent" (
  (coalesce("siteId", '00000000-0000-0000-0000-000000000000'::uuid)),
  "type", "seq" DESC);
CREATE INDEX "AuditEvent_site_actor_type" ON "AuditEvent" (
  (coalesce("siteId", '00000000-0000-0000-0000-000000000000'::uuid)),
  "actorId", "type", "seq" DESC);
