-- A film's bytes lie in the object store before the transaction that takes it
-- in: what a process killed between the two, or a database that went away,
-- left there belonged to nobody and lay there for ever.
CREATE TABLE "ArrivingFilm" (
  "id" UUID NOT NULL,
  "sha256" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "ArrivingFilm_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "ArrivingFilm_createdAt_idx" ON "ArrivingFilm"("createdAt");
CREATE INDEX "ArrivingFilm_sha256_idx" ON "ArrivingFilm"("sha256");
