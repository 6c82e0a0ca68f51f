-- A signed case can be due a second reading, by the site's policy or because
-- somebody asks for it, and a third one where the two differ. The case stays
-- signed for everybody else, so this is a state of its own beside it.

CREATE TYPE "SecondReadState" AS ENUM ('SECOND_DUE', 'SECOND_READING',
  'ADJUDICATION_DUE', 'ADJUDICATION_READING', 'AGREED', 'ADJUDICATED');

ALTER TABLE "Case"
  ADD COLUMN "secondRead" "SecondReadState",
  ADD COLUMN "secondReadReasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "secondReadDueAt" TIMESTAMPTZ(3),
  ADD COLUMN "secondReaderId" UUID,
  ADD COLUMN "secondReadUntil" TIMESTAMPTZ(3);
ALTER TABLE "Case" ADD CONSTRAINT "Case_secondReaderId_fkey"
  FOREIGN KEY ("secondReaderId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Case" ADD CONSTRAINT "Case_second_read_check" CHECK (
  ("secondRead" IS NULL) = ("secondReadDueAt" IS NULL)
  AND ("secondRead" IS NULL OR "state" = 'SIGNED')
  AND ("secondReaderId" IS NULL) = ("secondReadUntil" IS NULL)
  AND ("secondReaderId" IS NOT NULL) =
    ("secondRead" IS NOT NULL
      AND "secondRead" IN ('SECOND_READING', 'ADJUDICATION_READING')));

-- What waits for a second or third reader, and leases of these that run out.
CREATE INDEX "Case_second_reads" ON "Case" ("siteId", "secondReadDueAt", "id")
  WHERE "secondRead" IN ('SECOND_DUE', 'SECOND_READING', 'ADJUDICATION_DUE',
    'ADJUDICATION_READING');
CREATE INDEX "Case_second_reader" ON "Case" ("secondReaderId")
  WHERE "secondReaderId" IS NOT NULL;
CREATE INDEX "Case_second_leases" ON "Case" ("secondReadUntil")
  WHERE "secondReadUntil" IS NOT NULL;

-- Second readings by when they were signed: what agreement is measured on.
CREATE INDEX "Reading_second" ON "Reading" ("siteId", "endedAt")
  WHERE "stage" = 'SECOND' AND "state" = 'SIGNED';

-- Whoever asks for the signed reading meanwhile is no longer blind to it.
ALTER TABLE "Reading" ADD COLUMN "firstShownAt" TIMESTAMPTZ(3);

-- New sites begin with the rules switched off. Documents of before have no
-- such part and are read as if it stood in them.
CREATE OR REPLACE FUNCTION first_policy() RETURNS jsonb IMMUTABLE LANGUAGE sql AS $$
  SELECT '{
    "urgency": {
      "strongProbability": 0.9,
      "strong": "URGENT",
      "positive": "SOON",
      "negative": "ROUTINE",
      "negativeAtMost": "URGENT",
      "notAssessed": "URGENT",
      "pending": "SOON",
      "followUp": "SOON",
      "waited": "URGENT",
      "infantBelowYears": 1,
      "oldFromYears": 65,
      "followUpDays": 42,
      "flags": [
        {"flag": "emergency", "effect": "acute"},
        {"flag": "low-spo2", "effect": "acute"},
        {"flag": "sepsis", "effect": "acute"},
        {"flag": "intensive-care", "effect": "acute"},
        {"flag": "fever", "effect": "raises"},
        {"flag": "cough", "effect": "raises"},
        {"flag": "dyspnoea", "effect": "raises"},
        {"flag": "tachypnoea", "effect": "raises"},
        {"flag": "immunosuppressed", "effect": "raises"}
      ]
    },
    "ceilings": {"critical": 120, "urgent": 120, "soon": 120, "routine": 120},
    "thresholds": [],
    "reading": {"mode": "blind", "controlShare": 0, "leaseMinutes": 15},
    "secondReads": {"randomShare": 0, "onAiDisagreement": false,
      "findings": [], "ageFrom": null, "ageTo": null, "readers": [],
      "blindToAi": true}
  }'::jsonb
$$;
