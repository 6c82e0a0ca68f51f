import type { Tx } from "@lung-iris/prisma";
import type { UserViewer } from "../../access/viewer.ts";
import { tellOfLoop } from "../inbox/tell-people.ts";
import { peopleWith } from "../users/site-staff.reads.ts";
import { dependenceOf } from "./promotion.rules.ts";
import type { PromotionRow } from "./promotion.store.ts";

/**
 * Tells of a proposal those who may be its second person, and of what became
 * of it who proposed it; that it was taken back also who had approved it.
 */
export async function tellOfPromotion(
  tx: Tx,
  row: PromotionRow,
  by: UserViewer,
  now: Date,
): Promise<void> {
  const { id, siteId, state, proposedById, decidedById } = row;
  const of = {
    siteId,
    about: { promotionId: id },
    actor: { userId: by.userId, name: by.name },
    now,
  };
  if (state === "PROPOSED")
    return tellOfLoop(tx, {
      ...of,
      kind: "PROMOTION_PROPOSED",
      userIds: await secondPersons(tx, row),
    });
  const userIds = [
    proposedById,
    ...(decidedById === null ? [] : [decidedById]),
  ];
  return tellOfLoop(tx, { ...of, kind: "PROMOTION_DECIDED", userIds });
}

async function secondPersons(tx: Tx, row: PromotionRow): Promise<string[]> {
  const people = await peopleWith(tx, row.siteId, "model:promote");
  return people
    .filter(
      ({ id, email, createdAt }) =>
        dependenceOf({ userId: id, email, since: createdAt }, row) === null,
    )
    .map(({ id }) => id);
}
