-- Why an export failed is a code, which a page can say in every language:
-- docs/decisions/0089.
CREATE TYPE "DatasetFailure" AS ENUM ('NO_MEMBERS', 'NOTHING_LEFT', 'HELD_BACK',
  'FILM_MISSING', 'FILM_FAILED', 'STORE_FULL', 'STORE_AWAY', 'WORKER_ENDED',
  'ERASED');
ALTER TABLE "Dataset" ADD COLUMN "failure" "DatasetFailure";

-- Sentences that releases before this have written; others stay without a code.
UPDATE "Dataset" SET "failure" = CASE
    WHEN "leakCount" > 0 THEN 'HELD_BACK'
    WHEN "error" LIKE 'This dataset was asked for in an earlier release%' THEN 'NO_MEMBERS'
    WHEN "error" LIKE 'Letters were found in the picture of every film%' THEN 'NOTHING_LEFT'
    WHEN "error" LIKE 'The stored object is not there%' THEN 'FILM_MISSING'
    WHEN "error" LIKE 'A film could not be exported%' THEN 'FILM_FAILED'
    WHEN "error" = 'The export ended its worker each time.' THEN 'WORKER_ENDED'
    WHEN "error" = 'A patient whose films it held was erased.' THEN 'ERASED'
  END::"DatasetFailure"
WHERE "state" = 'FAILED';

-- An erasure takes exports away inside a function of the tables' owner; it is
-- the same function but for this column.
DO $$
DECLARE
  said CONSTANT text := '"error" = ''A patient whose films it held was erased.''';
  body text := pg_get_functiondef('erase_patient(uuid)'::regprocedure);
BEGIN
  IF position(said IN body) = 0 THEN
    RAISE EXCEPTION 'erase_patient does not say why an export is gone';
  END IF;
  EXECUTE replace(body, said, said || ', "failure" = ''ERASED''');
END $$;
