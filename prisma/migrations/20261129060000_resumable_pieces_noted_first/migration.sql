-- A piece is noted before it is put away: what a killed process had put into the
-- object store and could not note any more would lie there for ever.
ALTER TABLE "ResumablePart" DROP CONSTRAINT "ResumablePart_pkey";
ALTER TABLE "ResumablePart" ADD CONSTRAINT "ResumablePart_pkey" PRIMARY KEY ("key");
ALTER TABLE "ResumablePart" ADD COLUMN "isKept" BOOLEAN NOT NULL DEFAULT true;
ALTER TABLE "ResumablePart" ALTER COLUMN "isKept" SET DEFAULT false;
CREATE INDEX "ResumablePart_uploadId_offset_idx" ON "ResumablePart" ("uploadId", "offset");
