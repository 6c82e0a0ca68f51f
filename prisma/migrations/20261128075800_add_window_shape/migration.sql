-- A sigmoid window shown as a linear one is another picture than the model saw,
-- and a length measured at the detector is no length at the patient: the shape
-- of the window and the kind of the spacing are kept beside their numbers.
CREATE TYPE "WindowShape" AS ENUM ('LINEAR', 'LINEAR_EXACT', 'SIGMOID');
CREATE TYPE "SpacingKind" AS ENUM ('PATIENT', 'DETECTOR', 'NOMINAL');

ALTER TABLE "Image"
  ADD COLUMN "windowShape" "WindowShape" NOT NULL DEFAULT 'LINEAR',
  ADD COLUMN "spacingKind" "SpacingKind";
