-- What people are told leaves the desk as well, by e-mail and webhook, where a
-- site has opened these ways: off until then. A delivery is a row that is
-- written with the note itself and is done when it has left, so a note can
-- neither be lost nor leave unseen.
ALTER TYPE "InboxKind" ADD VALUE 'CRITICAL';
ALTER TYPE "InboxKind" ADD VALUE 'ALARM';

-- A note is of a case or of an alarm. What is urgent goes through quiet hours.
ALTER TABLE "InboxItem"
  ALTER COLUMN "caseId" DROP NOT NULL,
  ADD COLUMN "alarmId" UUID,
  ADD COLUMN "isUrgent" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "InboxItem" ADD CONSTRAINT "InboxItem_alarmId_fkey"
  FOREIGN KEY ("alarmId") REFERENCES "Alarm"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InboxItem" ADD CONSTRAINT "InboxItem_of_one_thing"
  CHECK (num_nonnulls("caseId", "alarmId") = 1);

CREATE TYPE "NotificationWay" AS ENUM ('EMAIL', 'WEBHOOK');
CREATE TYPE "SmtpSecurity" AS ENUM ('TLS', 'STARTTLS', 'NONE');
CREATE TYPE "DeliveryState" AS ENUM ('WAITING', 'SENT', 'DEAD', 'DROPPED');

-- Passwords and secrets are sealed under the desk's own (LUNG_IRIS_SECRET).
CREATE TABLE "NotificationWays" (
    "siteId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "emailIsOn" BOOLEAN NOT NULL DEFAULT false,
    "smtpHost" TEXT,
    "smtpPort" INTEGER,
    "smtpSecurity" "SmtpSecurity",
    "smtpUser" TEXT,
    "smtpPassword" BYTEA,
    "fromAddress" TEXT,
    "webhookIsOn" BOOLEAN NOT NULL DEFAULT false,
    "webhookUrl" TEXT,
    "webhookSecret" BYTEA,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "NotificationWays_pkey" PRIMARY KEY ("siteId")
);
ALTER TABLE "NotificationWays" ADD CONSTRAINT "NotificationWays_siteId_fkey"
  FOREIGN KEY ("siteId") REFERENCES "Site"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "NotificationChoice" (
    "userId" UUID NOT NULL,
    "kind" "InboxKind" NOT NULL,
    "ways" "NotificationWay"[],

    CONSTRAINT "NotificationChoice_pkey" PRIMARY KEY ("userId", "kind")
);
ALTER TABLE "NotificationChoice" ADD CONSTRAINT "NotificationChoice_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "NotificationDelivery" (
    "id" UUID NOT NULL,
    "siteId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "inboxItemId" UUID NOT NULL,
    "kind" "InboxKind" NOT NULL,
    "way" "NotificationWay" NOT NULL,
    "isUrgent" BOOLEAN NOT NULL,
    "isHeld" BOOLEAN NOT NULL,
    "state" "DeliveryState" NOT NULL DEFAULT 'WAITING',
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "NotificationDelivery_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "NotificationDelivery_inboxItemId_way_key"
  ON "NotificationDelivery" ("inboxItemId", "way");
CREATE INDEX "NotificationDelivery_siteId_state_id_idx"
  ON "NotificationDelivery" ("siteId", "state", "id" DESC);
-- What the worker looks for, the urgent first.
CREATE INDEX "NotificationDelivery_due" ON "NotificationDelivery"
  ("isUrgent" DESC, "dueAt") WHERE "state" = 'WAITING';
-- What is over and may be forgotten.
CREATE INDEX "NotificationDelivery_ended" ON "NotificationDelivery" ("endedAt")
  WHERE "state" IN ('SENT', 'DROPPED');
ALTER TABLE "NotificationDelivery" ADD CONSTRAINT "NotificationDelivery_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "NotificationDelivery" ADD CONSTRAINT "NotificationDelivery_inboxItemId_fkey"
  FOREIGN KEY ("inboxItemId") REFERENCES "InboxItem"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
