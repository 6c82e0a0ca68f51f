-- How somebody said that a film's file is laid: quarters clockwise, mirrored
-- after that; and which view it is, where its study does not say it right. The
-- bytes and all that is said of places on the film stay as they are.
ALTER TABLE "Image"
  ADD COLUMN "quarterTurns" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "isMirrored" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "viewPosition" TEXT;
ALTER TABLE "Image" ADD CONSTRAINT "Image_quarterTurns_check"
  CHECK ("quarterTurns" BETWEEN 0 AND 3);

ALTER TABLE "FilmCorrection" ADD COLUMN "before" JSONB, ADD COLUMN "after" JSONB;
ALTER TABLE "FilmCorrection" ADD CONSTRAINT "FilmCorrection_pose_check" CHECK (
  ("kind" = 'TURNED') = ("before" IS NOT NULL)
  AND ("before" IS NULL) = ("after" IS NULL));

-- As before, and what a film was turned from and to is never changed either.
CREATE OR REPLACE FUNCTION film_correction_refuse_change() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."undoneAt" IS NULL AND NEW."undoneAt" IS NOT NULL
    AND (NEW."id", NEW."siteId", NEW."imageId", NEW."kind", NEW."studyId",
      NEW."toStudyId", NEW."before", NEW."after", NEW."reason", NEW."byId",
      NEW."byName", NEW."correctedAt")
    IS NOT DISTINCT FROM (OLD."id", OLD."siteId", OLD."imageId", OLD."kind",
      OLD."studyId", OLD."toStudyId", OLD."before", OLD."after", OLD."reason",
      OLD."byId", OLD."byName", OLD."correctedAt") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'film corrections are append-only: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
