import type { Case, Patient, Study, Tx } from "@lung-iris/prisma";
import { lockCaseOfStudy } from "../cases/case-lock.ts";
import { caseCopies } from "./case-copies.ts";

/**
 * Puts the study on the worklist. A case that is there already takes the
 * new film in; one that was signed is to be read again, because nobody has
 * seen this film.
 */
export async function saveCase(
  tx: Tx,
  input: {
    newId: string;
    patient: Patient;
    study: Study;
    urgency: Case["urgency"];
    reasons: string[];
    arrivedAt: Date;
  },
): Promise<{ row: Case; before: Case | null }> {
  const { patient, study } = input;
  const copies = caseCopies(patient, study);
  const [made] = await tx.case.createManyAndReturn({
    data: {
      id: input.newId,
      siteId: study.siteId,
      studyId: study.id,
      urgency: input.urgency,
      urgencyReasons: input.reasons,
      arrivedAt: input.arrivedAt,
      ...copies,
    },
    skipDuplicates: true,
  });
  if (made) return { row: made, before: null };
  const before = await lockCaseOfStudy(tx, study.id);
  const isSigned = before.state === "SIGNED";
  const row = await tx.case.update({
    where: { id: before.id },
    data: {
      ...copies,
      version: { increment: 1 },
      ...(before.assessment === "NOT_ASSESSED"
        ? { assessment: "PENDING", notAssessedReason: null }
        : {}),
      ...(isSigned
        ? {
            state: "WAITING",
            signedAt: null,
            decidedLabel: null,
            agreesWithAi: null,
            assigneeId: null,
            arrivedAt: input.arrivedAt,
          }
        : {}),
    },
  });
  return { row, before };
}
