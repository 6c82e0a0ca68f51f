-- The report is part of what is signed: sections in plain text, in one
-- language, with the addenda that came after. What was signed before has none,
-- and none is made up for it.
ALTER TABLE "ReadingVersion" ADD COLUMN "report" JSONB;
