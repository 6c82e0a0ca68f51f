-- Windows that a person keeps for the films that he looks at, under the keys 5
-- to 9. They say nothing of a patient: each is in terms of a film's own window.
CREATE TABLE "OwnWindow" (
    "userId" UUID NOT NULL,
    "key" SMALLINT NOT NULL,
    "shift" DOUBLE PRECISION NOT NULL,
    "width" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "OwnWindow_pkey" PRIMARY KEY ("userId", "key")
);

ALTER TABLE "OwnWindow" ADD CONSTRAINT "OwnWindow_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "User"("id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
