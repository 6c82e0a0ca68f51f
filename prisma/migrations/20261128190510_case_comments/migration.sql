-- What staff and readers say to each other about a case, and that it is to be
-- read now. A comment's text is never changed: an edit is its next version.
CREATE TABLE "CaseComment" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "authorId" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CaseComment_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "CaseComment_caseId_id_idx" ON "CaseComment" ("caseId", "id");
ALTER TABLE "CaseComment" ADD CONSTRAINT "CaseComment_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "CaseComment" ADD CONSTRAINT "CaseComment_authorId_fkey"
  FOREIGN KEY ("authorId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "CaseCommentVersion" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "commentId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "mentionIds" UUID[] NOT NULL DEFAULT ARRAY[]::UUID[],
    "tellsAi" BOOLEAN NOT NULL,
    "tellsReading" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CaseCommentVersion_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "CaseCommentVersion_commentId_number_key"
  ON "CaseCommentVersion" ("commentId", "number");
ALTER TABLE "CaseCommentVersion" ADD CONSTRAINT "CaseCommentVersion_commentId_fkey"
  FOREIGN KEY ("commentId") REFERENCES "CaseComment"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE FUNCTION case_comment_refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'comments are append-only: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER case_comment_refuse_change
BEFORE UPDATE OR DELETE ON "CaseComment"
FOR EACH ROW EXECUTE FUNCTION case_comment_refuse_change();
CREATE TRIGGER case_comment_refuse_truncate
BEFORE TRUNCATE ON "CaseComment"
FOR EACH STATEMENT EXECUTE FUNCTION case_comment_refuse_change();
CREATE TRIGGER case_comment_version_refuse_change
BEFORE UPDATE OR DELETE ON "CaseCommentVersion"
FOR EACH ROW EXECUTE FUNCTION case_comment_refuse_change();
CREATE TRIGGER case_comment_version_refuse_truncate
BEFORE TRUNCATE ON "CaseCommentVersion"
FOR EACH STATEMENT EXECUTE FUNCTION case_comment_refuse_change();

-- Since when somebody wants it read now, and why: a code of the catalogue in
-- features/assignment.
ALTER TABLE "Case"
  ADD COLUMN "escalatedAt" TIMESTAMPTZ(3),
  ADD COLUMN "escalateReason" TEXT;

-- What somebody is told in the page: that he was mentioned, given a case, had
-- one taken over, or that one is to be read now.
CREATE TYPE "InboxKind" AS ENUM ('MENTIONED', 'ASSIGNED', 'ESCALATED', 'TAKEN_OVER');
CREATE TABLE "InboxItem" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "kind" "InboxKind" NOT NULL,
    "actorName" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "readAt" TIMESTAMPTZ(3),

    CONSTRAINT "InboxItem_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "InboxItem_userId_id_idx" ON "InboxItem" ("userId", "id" DESC);
CREATE INDEX "InboxItem_unread" ON "InboxItem" ("userId") WHERE "readAt" IS NULL;
ALTER TABLE "InboxItem" ADD CONSTRAINT "InboxItem_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InboxItem" ADD CONSTRAINT "InboxItem_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- When the page does not call out, by the clock on the user's own wall:
-- minutes since midnight; null for never.
ALTER TABLE "User"
  ADD COLUMN "quietFromMinute" INTEGER,
  ADD COLUMN "quietToMinute" INTEGER;
