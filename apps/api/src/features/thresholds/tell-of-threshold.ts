import type { ThresholdProposal, Tx } from "@lung-iris/prisma";
import type { UserViewer } from "../../access/viewer.ts";
import { tellOfLoop } from "../inbox/tell-people.ts";
import { peopleWith } from "../users/site-staff.reads.ts";

/**
 * Tells of a proposal those who may approve it, and of the decision who
 * proposed it. Nobody is told of what he did himself, so that a proposal that
 * is taken back tells nobody.
 */
export async function tellOfThreshold(
  tx: Tx,
  row: Pick<ThresholdProposal, "id" | "siteId" | "state" | "proposedById">,
  by: UserViewer,
  now: Date,
): Promise<void> {
  const { id, siteId, state, proposedById } = row;
  const of = {
    siteId,
    about: { thresholdProposalId: id },
    actor: { userId: by.userId, name: by.name },
    now,
  };
  if (state !== "OPEN")
    return tellOfLoop(tx, {
      ...of,
      kind: "THRESHOLD_DECIDED",
      userIds: [proposedById],
    });
  const people = await peopleWith(tx, siteId, "threshold:approve");
  const userIds = people.map((person) => person.id);
  return tellOfLoop(tx, { ...of, kind: "THRESHOLD_PROPOSED", userIds });
}
