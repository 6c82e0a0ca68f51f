-- Where the patient lay, as the film or its sender says: procedures may ask for
-- it. Filled for films that come from now on; studies of before stay without
-- one, for their headers were read when it was not kept.
ALTER TABLE "Study" ADD COLUMN "ward" TEXT;
