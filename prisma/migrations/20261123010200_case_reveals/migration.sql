-- Who was shown the AI's opinion of a case, and when: once shown, a reader
-- is not blind to it again, whatever claim they hold.

-- CreateTable
CREATE TABLE "CaseReveal" (
    "caseId" UUID NOT NULL,
    "readerId" UUID NOT NULL,
    "revealedAt" TIMESTAMPTZ(3) NOT NULL,
    "blindLabel" "Label",

    CONSTRAINT "CaseReveal_pkey" PRIMARY KEY ("caseId","readerId")
);

-- AddForeignKey
ALTER TABLE "CaseReveal" ADD CONSTRAINT "CaseReveal_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CaseReveal" ADD CONSTRAINT "CaseReveal_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
