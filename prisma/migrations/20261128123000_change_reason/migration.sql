-- Going against one's own blind opinion wants a reason, as overriding the AI
-- does. What was signed before has none.
ALTER TABLE "ReadingVersion" ADD COLUMN "changeReason" TEXT;
