-- A study whose last film was taken out of it has nothing to be read. A value
-- of its own, so that every list of what waits, is read or is signed leaves
-- such a case out by itself. Alone in its migration: a new value may be used
-- only after it is committed.
ALTER TYPE "CaseState" ADD VALUE 'EMPTY';
