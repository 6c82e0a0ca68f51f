-- Who sent a film is told that it is to be taken again; who asked, that it came
-- or will not.
ALTER TYPE "InboxKind" ADD VALUE 'RETAKE_ASKED';
ALTER TYPE "InboxKind" ADD VALUE 'RETAKE_DONE';
