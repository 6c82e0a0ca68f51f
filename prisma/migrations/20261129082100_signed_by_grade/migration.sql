-- What counts of a reader's grade is the one he signed with, so it is kept with
-- what he signed. All that was signed before was signed by who counts as a
-- senior. A constant default rewrites no row.
ALTER TABLE "ReadingVersion"
  ADD COLUMN "readerGrade" "ReaderGrade" NOT NULL DEFAULT 'SENIOR';

-- New sites begin with the rule about juniors switched off. Documents of
-- before have no such field and are read as if it stood in them.
ALTER FUNCTION first_policy() RENAME TO first_policy_before_grades;
CREATE FUNCTION first_policy() RETURNS jsonb IMMUTABLE LANGUAGE sql AS $$
  SELECT jsonb_set(
    first_policy_before_grades(), '{secondReads,juniors}', 'false'::jsonb)
$$;
