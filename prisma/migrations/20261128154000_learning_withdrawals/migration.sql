-- A patient may say that nothing is to be learnt from the films. No dataset
-- takes them from that moment; the row stays for those who hold older ones.

CREATE TABLE "LearningWithdrawal" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "patientId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "byId" UUID NOT NULL,
    "byName" TEXT NOT NULL,
    "withdrawnAt" TIMESTAMPTZ(3) NOT NULL,
    "liftedAt" TIMESTAMPTZ(3),
    "liftedById" UUID,
    "liftedByName" TEXT,
    "liftReason" TEXT,

    CONSTRAINT "LearningWithdrawal_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "LearningWithdrawal_siteId_id_idx"
  ON "LearningWithdrawal" ("siteId", "id" DESC);
CREATE INDEX "LearningWithdrawal_patientId_idx"
  ON "LearningWithdrawal" ("patientId");
CREATE UNIQUE INDEX "LearningWithdrawal_open"
  ON "LearningWithdrawal" ("patientId") WHERE "liftedAt" IS NULL;
ALTER TABLE "LearningWithdrawal" ADD CONSTRAINT "LearningWithdrawal_patientId_fkey"
  FOREIGN KEY ("patientId") REFERENCES "Patient"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- It is lifted once, with who and why, and never changed or removed.
CREATE FUNCTION learning_withdrawal_refuse_change() RETURNS trigger AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD."liftedAt" IS NULL AND NEW."liftedAt" IS NOT NULL
    AND (NEW."id", NEW."siteId", NEW."patientId", NEW."reason", NEW."byId",
      NEW."byName", NEW."withdrawnAt")
    IS NOT DISTINCT FROM (OLD."id", OLD."siteId", OLD."patientId",
      OLD."reason", OLD."byId", OLD."byName", OLD."withdrawnAt") THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'withdrawals are append-only: % refused', TG_OP;
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER learning_withdrawal_refuse_change
BEFORE UPDATE OR DELETE ON "LearningWithdrawal"
FOR EACH ROW EXECUTE FUNCTION learning_withdrawal_refuse_change();
CREATE TRIGGER learning_withdrawal_refuse_truncate
BEFORE TRUNCATE ON "LearningWithdrawal"
FOR EACH STATEMENT EXECUTE FUNCTION learning_withdrawal_refuse_change();
