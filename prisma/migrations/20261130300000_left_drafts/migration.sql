-- Who is given a colleague's draft may leave it, and is not asked again at the
-- next look. Nobody has answered before: the column is empty and rewrites no row.
ALTER TABLE "Reading" ADD COLUMN "draftAnsweredById" UUID;
ALTER TABLE "Reading" ADD CONSTRAINT "Reading_draftAnsweredById_fkey"
  FOREIGN KEY ("draftAnsweredById") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
