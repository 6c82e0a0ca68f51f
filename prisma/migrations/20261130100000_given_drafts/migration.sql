-- Who loses a case to somebody else can give what he typed along. Nobody has
-- given anything before: the columns are empty and rewrite no row.
ALTER TABLE "Reading"
  ADD COLUMN "draftGivenToId" UUID,
  ADD COLUMN "draftGivenAt" TIMESTAMPTZ(3);
ALTER TABLE "Reading" ADD CONSTRAINT "Reading_draftGivenToId_fkey"
  FOREIGN KEY ("draftGivenToId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
-- To whom and since when go together, and nobody gives to himself.
ALTER TABLE "Reading" ADD CONSTRAINT "Reading_draft_given" CHECK (
  ("draftGivenToId" IS NULL) = ("draftGivenAt" IS NULL)
  AND "draftGivenToId" IS DISTINCT FROM "readerId"
);
