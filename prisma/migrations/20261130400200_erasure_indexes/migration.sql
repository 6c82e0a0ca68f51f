-- A film's answers and a case can go by now, and whoever points to one is asked
-- each time: without these that is a walk through a million rows for each film.
CREATE INDEX "Case_shown_prediction" ON "Case" ("shownPredictionId")
  WHERE "shownPredictionId" IS NOT NULL;
CREATE INDEX "ReadingVersion_prediction" ON "ReadingVersion" ("predictionId")
  WHERE "predictionId" IS NOT NULL;
CREATE INDEX "InboxItem_case" ON "InboxItem" ("caseId")
  WHERE "caseId" IS NOT NULL;
CREATE INDEX "Image_conflicts_with" ON "Image" ("conflictsWithId")
  WHERE "conflictsWithId" IS NOT NULL;
