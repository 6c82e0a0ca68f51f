-- A site can have what its juniors sign read again by a senior, so a user has a
-- grade. Whoever is there already is a senior: nothing changes until an admin
-- says otherwise. A constant default rewrites no row.
CREATE TYPE "ReaderGrade" AS ENUM ('JUNIOR', 'SENIOR');
ALTER TABLE "User"
  ADD COLUMN "grade" "ReaderGrade" NOT NULL DEFAULT 'SENIOR';
