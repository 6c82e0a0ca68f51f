-- Which prediction a case shows was worked out in four places, each with its
-- own idea of which one is the newest. It is chosen once, when the case is
-- placed, and kept.
ALTER TABLE "Case" ADD COLUMN "shownPredictionId" UUID;
ALTER TABLE "Case" ADD CONSTRAINT "Case_shownPredictionId_fkey"
  FOREIGN KEY ("shownPredictionId") REFERENCES "Prediction"("id")
  ON DELETE SET NULL ON UPDATE CASCADE;

-- What was signed against stands.
UPDATE "Case" c SET "shownPredictionId" = (
  SELECT v."predictionId" FROM "ReadingVersion" v
  JOIN "Reading" r ON r."id" = v."readingId" AND r."stage" = 'PRIMARY'
  WHERE v."caseId" = c."id" AND v."predictionId" IS NOT NULL
  ORDER BY v."signedAt" DESC, v."id" DESC LIMIT 1)
WHERE c."state" = 'SIGNED';

-- Elsewhere the film that exceeds its threshold most, by its newest word, and
-- where none was assessed, one that was refused.
UPDATE "Case" c SET "shownPredictionId" = (
  SELECT newest."id" FROM "Image" i
  CROSS JOIN LATERAL (
    SELECT p."id" FROM "Prediction" p WHERE p."imageId" = i."id"
    ORDER BY p."createdAt" DESC, p."id" DESC LIMIT 1) newest
  LEFT JOIN "PredictionFinding" f
    ON f."predictionId" = newest."id" AND f."code" = 'pneumonia'
  WHERE i."studyId" = c."studyId"
  ORDER BY f."probability" - f."ownThreshold" DESC NULLS LAST, newest."id"
  LIMIT 1)
WHERE c."shownPredictionId" IS NULL AND c."assessment" <> 'PENDING';
