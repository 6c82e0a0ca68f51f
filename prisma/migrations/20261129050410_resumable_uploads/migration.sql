-- A film that comes in pieces, so that a line that breaks costs only what was
-- on it. The pieces lie in the object store until the film is whole, and are
-- gone with the row a day after the last one came.
CREATE TABLE "ResumableUpload" (
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "fileName" TEXT NOT NULL,
    "details" TEXT NOT NULL,
    "takeAsChest" BOOLEAN NOT NULL,
    "length" BIGINT NOT NULL,
    "offset" BIGINT NOT NULL DEFAULT 0,
    "outcome" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "touchedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ResumableUpload_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ResumableUpload_within" CHECK ("offset" BETWEEN 0 AND "length")
);
CREATE INDEX "ResumableUpload_userId_idx" ON "ResumableUpload" ("userId");
CREATE INDEX "ResumableUpload_touchedAt_idx" ON "ResumableUpload" ("touchedAt");
ALTER TABLE "ResumableUpload" ADD CONSTRAINT "ResumableUpload_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ResumableUpload" ADD CONSTRAINT "ResumableUpload_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "ResumablePart" (
    "uploadId" UUID NOT NULL,
    "offset" BIGINT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "ResumablePart_pkey" PRIMARY KEY ("uploadId", "offset")
);
ALTER TABLE "ResumablePart" ADD CONSTRAINT "ResumablePart_uploadId_fkey"
  FOREIGN KEY ("uploadId") REFERENCES "ResumableUpload"("id")
  ON DELETE CASCADE ON UPDATE CASCADE;
