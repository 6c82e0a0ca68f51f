-- Drawings over films (DICOM overlay planes) are a layer of their own from now
-- on. Of films that came before, the note said that they are left out; one whose
-- planes cannot be read says so when they are asked for.
UPDATE "Image"
SET warnings = array_replace(warnings, 'overlay-left-out', 'overlay-planes')
WHERE 'overlay-left-out' = ANY (warnings);
