-- Worklists as people set them out: their own, and those shared with a site.
CREATE TABLE "WorklistView" (
    "id" UUID NOT NULL,
    "siteId" UUID,
    "ownerId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "deletedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WorklistView_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "WorklistView" ADD CONSTRAINT "WorklistView_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "WorklistView" ADD CONSTRAINT "WorklistView_ownerId_fkey"
  FOREIGN KEY ("ownerId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- Lists by name, of an owner and of a site.
CREATE INDEX "WorklistView_own" ON "WorklistView" ("ownerId", "name", "id")
  WHERE "siteId" IS NULL AND "deletedAt" IS NULL;
CREATE INDEX "WorklistView_shared" ON "WorklistView" ("siteId", "name", "id")
  WHERE "siteId" IS NOT NULL AND "deletedAt" IS NULL;

-- A name once for each owner, and once for a site, whatever its case.
CREATE UNIQUE INDEX "WorklistView_own_name" ON "WorklistView"
  ("ownerId", lower("name")) WHERE "siteId" IS NULL AND "deletedAt" IS NULL;
CREATE UNIQUE INDEX "WorklistView_shared_name" ON "WorklistView"
  ("siteId", lower("name")) WHERE "siteId" IS NOT NULL AND "deletedAt" IS NULL;

-- The view that somebody's worklist opens with.
CREATE TABLE "WorklistViewDefault" (
    "userId" UUID NOT NULL,
    "viewId" UUID NOT NULL,

    CONSTRAINT "WorklistViewDefault_pkey" PRIMARY KEY ("userId")
);
CREATE INDEX "WorklistViewDefault_viewId_idx" ON "WorklistViewDefault" ("viewId");
ALTER TABLE "WorklistViewDefault" ADD CONSTRAINT "WorklistViewDefault_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "WorklistViewDefault" ADD CONSTRAINT "WorklistViewDefault_viewId_fkey"
  FOREIGN KEY ("viewId") REFERENCES "WorklistView"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
