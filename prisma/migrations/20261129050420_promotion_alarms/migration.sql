-- A promoted model does otherwise than the one before: for two weeks that is
-- watched, and raised where it is sure.
ALTER TYPE "AlarmKind" ADD VALUE 'PROMOTION';
