-- What somebody types to correct a study, its note, and to take that back.
ALTER TYPE "KeptTextKind" ADD VALUE 'STUDY_CORRECTION';
ALTER TYPE "KeptTextKind" ADD VALUE 'STUDY_NOTE';
ALTER TYPE "KeptTextKind" ADD VALUE 'STUDY_UNDO';
