-- What a reader gives out before the signature: text and label, in numbers of
-- its own. Labels, figures and exports know signed versions alone, so it
-- stands in no row of theirs.

CREATE TABLE "PreliminaryReport" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "readingId" UUID NOT NULL,
    "readerId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "label" "Label" NOT NULL,
    "findings" JSONB NOT NULL DEFAULT '[]',
    "report" JSONB NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PreliminaryReport_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "PreliminaryReport_caseId_number_key"
  ON "PreliminaryReport" ("caseId", "number");
CREATE INDEX "PreliminaryReport_readingId_idx" ON "PreliminaryReport" ("readingId");
ALTER TABLE "PreliminaryReport" ADD CONSTRAINT "PreliminaryReport_caseId_fkey"
  FOREIGN KEY ("caseId") REFERENCES "Case"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "PreliminaryReport" ADD CONSTRAINT "PreliminaryReport_readingId_fkey"
  FOREIGN KEY ("readingId") REFERENCES "Reading"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was given out stays as it was.
CREATE FUNCTION preliminary_report_refuse_change() RETURNS trigger AS $$
BEGIN
  RAISE EXCEPTION 'preliminary reports are append-only: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER preliminary_report_refuse_change
BEFORE UPDATE OR DELETE ON "PreliminaryReport"
FOR EACH ROW EXECUTE FUNCTION preliminary_report_refuse_change();
CREATE TRIGGER preliminary_report_refuse_truncate
BEFORE TRUNCATE ON "PreliminaryReport"
FOR EACH STATEMENT EXECUTE FUNCTION preliminary_report_refuse_change();

-- When the newest was given out, while nothing is signed.
ALTER TABLE "Case" ADD COLUMN "preliminaryAt" TIMESTAMPTZ(3);
