-- What an export is written as (letters in pictures, DICOM), what the second
-- look at the finished file found, and how many films had letters in them.
-- Exports of before were written without DICOM, and nobody looked twice.

ALTER TABLE "Dataset"
  ADD COLUMN "format" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "leaks" JSONB NOT NULL DEFAULT '[]',
  ADD COLUMN "leakCount" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "textFound" INTEGER NOT NULL DEFAULT 0;
