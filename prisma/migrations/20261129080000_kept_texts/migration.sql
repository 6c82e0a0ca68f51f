-- Words that somebody types on a case and has not sent yet, so that a reload, a
-- crash, a sign-out or another desk finds them again. Drafts of readings have
-- their own place ("Reading"."draft"). A row goes when its words are sent, in
-- the same transaction, and after a month by the worker.
CREATE TYPE "KeptTextKind" AS ENUM ('AMENDMENT', 'ADDENDUM', 'COMMENT', 'COMMENT_EDIT', 'TAKE_OVER', 'SECOND_READ', 'RETAKE_END', 'CRITICAL_MARK', 'CRITICAL_TOLD_TO', 'CRITICAL_TOLD', 'CRITICAL_READ_BACK', 'CRITICAL_WITHDRAWAL', 'STEP_CORRECTION', 'FILM_MOVE', 'FILM_TURN', 'FILM_REMOVAL', 'FILM_UNDO');

CREATE TABLE "KeptText" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "kind" "KeptTextKind" NOT NULL,
    "aboutId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "draft" JSONB,
    "keptAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "KeptText_pkey" PRIMARY KEY ("id")
);
-- One text of each kind about each thing: two desks of one person share it.
CREATE UNIQUE INDEX "KeptText_userId_caseId_kind_aboutId_key"
  ON "KeptText" ("userId", "caseId", "kind", "aboutId");
CREATE INDEX "KeptText_caseId_idx" ON "KeptText" ("caseId");
CREATE INDEX "KeptText_keptAt_idx" ON "KeptText" ("keptAt");

-- They are nobody's without their person and their case, and no record.
ALTER TABLE "KeptText" ADD CONSTRAINT "KeptText_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "User"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "KeptText" ADD CONSTRAINT "KeptText_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;
