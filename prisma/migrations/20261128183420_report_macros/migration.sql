-- Texts that reports are written of: one's own, and those of a site, which
-- have no owner.
CREATE TABLE "ReportMacro" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "ownerId" UUID,
    "name" TEXT NOT NULL,
    "texts" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReportMacro_pkey" PRIMARY KEY ("id")
);

-- Lists of a site by name.
CREATE INDEX "ReportMacro_siteId_name_id_idx"
  ON "ReportMacro" ("siteId", "name", "id");

-- A name is typed to find its text: once for each owner, and once for the
-- site, whatever its case.
CREATE UNIQUE INDEX "ReportMacro_own_name" ON "ReportMacro"
  ("siteId", "ownerId", lower("name")) WHERE "ownerId" IS NOT NULL;
CREATE UNIQUE INDEX "ReportMacro_site_name" ON "ReportMacro"
  ("siteId", lower("name")) WHERE "ownerId" IS NULL;

ALTER TABLE "ReportMacro" ADD CONSTRAINT "ReportMacro_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ReportMacro" ADD CONSTRAINT "ReportMacro_ownerId_fkey"
  FOREIGN KEY ("ownerId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
