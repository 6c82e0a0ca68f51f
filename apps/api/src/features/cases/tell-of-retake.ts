import type { Case, Tx } from "@lung-iris/prisma";
import { newestVersion } from "./case.reads.ts";
import { awaitsRetake } from "../case-machine/case.transition.ts";
import { tellPeople } from "../inbox/tell-people.ts";
import { staffOf } from "../users/site-staff.reads.ts";

interface Actor {
  userId: string | null;
  name: string;
}

/**
 * Tells of a signature that asks for another film, in its transaction: who of
 * the staff sent the film, else all staff of the site. Nothing where none is
 * asked for, or was before.
 */
export async function tellOfRetake(
  tx: Tx,
  { before, after, readerId }: { before: Case; after: Case; readerId: string },
): Promise<void> {
  const { retakeAskedAt: askedAt } = after;
  if (askedAt === null || !awaitsRetake(after)) return;
  if (before.retakeAskedAt?.getTime() === askedAt.getTime()) return;
  const reader = await tx.user.findUniqueOrThrow({
    where: { id: readerId },
    select: { name: true },
  });
  const staff = await staffOf(tx, after.siteId);
  const senders = new Set(await sendersOf(tx, after.studyId));
  const own = staff.filter((id) => senders.has(id));
  await tellPeople(tx, {
    row: after,
    kind: "RETAKE_ASKED",
    userIds: own.length > 0 ? own : staff,
    actor: { userId: readerId, name: reader.name },
    now: askedAt,
  });
}

/** Tells who asked for a film that it came, or will not. */
export async function tellRetakeDone(
  tx: Tx,
  row: Case,
  actor: Actor,
): Promise<void> {
  const { retakeDoneAt: doneAt } = row;
  if (doneAt === null) return;
  const asked = await newestVersion(tx, row.id, "PRIMARY");
  if (asked === null) return;
  await tellPeople(tx, {
    row,
    kind: "RETAKE_DONE",
    userIds: [asked.readerId],
    actor,
    now: doneAt,
  });
}

/** Who brought the films of a study in, as the trail has it; programs too. */
async function sendersOf(tx: Tx, studyId: string): Promise<string[]> {
  const films = await tx.image.findMany({
    where: { studyId, removedAt: null },
    select: { id: true },
  });
  const events = await tx.auditEvent.findMany({
    where: {
      type: "image.added",
      subjectId: { in: films.map(({ id }) => id) },
    },
    select: { actorId: true },
  });
  return events.map(({ actorId }) => actorId);
}
