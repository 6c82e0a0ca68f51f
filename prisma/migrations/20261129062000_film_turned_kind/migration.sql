-- A film that lies otherwise than its file has it, or is another view. A new
-- value can be used from the next transaction on.
ALTER TYPE "FilmCorrectionKind" ADD VALUE 'TURNED';
