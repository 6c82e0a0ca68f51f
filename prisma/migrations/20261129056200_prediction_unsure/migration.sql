-- Between which probabilities a model says that it is not sure, and whether a
-- finding is shown to readers or only kept. Predictions of former models have
-- no such answer, and everything that they said was shown.
ALTER TABLE "PredictionFinding"
  ADD COLUMN "unsureFrom" DOUBLE PRECISION,
  ADD COLUMN "unsureTo" DOUBLE PRECISION,
  ADD COLUMN "shown" BOOLEAN NOT NULL DEFAULT true;
