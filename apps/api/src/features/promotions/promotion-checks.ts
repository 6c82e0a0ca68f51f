import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import type { UserViewer } from "../../access/viewer.ts";
import { AppError, BadInputError, ConflictError } from "../../errors.ts";
import { emailAddress } from "../../platform/email-address.ts";
import type { BarsService } from "../bars/bars.service.ts";
import { accountSince } from "../users/second-person.ts";
import {
  assertNotLoosened,
  declaredBars,
  isAsStrict,
} from "../judgements/declared-bars.ts";
import { assertNoneWithdrawn } from "../withdrawals/models-behind.ts";
import {
  dependenceOf,
  lackingGround,
  type Dependence,
  type GroundLacking,
} from "./promotion.rules.ts";
import type { PromotionRow } from "./promotion.store.ts";

/** Addresses that a proposal may name beside those of the card. */
const MOST_MAKERS = 20;
const emailSchema = emailAddress.max(254);

const LACKING: Record<GroundLacking, string> = {
  "not-finished": "The judgement is not finished.",
  "not-passed": "The candidate missed a bar, or was refused.",
  "other-bars":
    "The bars ask more since the judgement, or other films. Have the candidate judged again.",
  "other-live-model":
    "Another model is live since the judgement. Have the candidate judged against it.",
};

const DEPENDENT: Record<Dependence, string> = {
  proposer: "Who proposed a candidate does not approve it: ask another admin.",
  maker: "Who made a candidate does not approve it: ask another admin.",
  "newer-account":
    "Your account is younger than this candidate: ask an admin who was here before it came.",
};

/**
 * @throws NOT_JUDGED with the reason where a judgement carries no promotion,
 *   BARS_LOOSENED where its bars ask less than those declared before the run, or
 *   LEARNT_FROM_WITHDRAWN.
 */
export async function assertGround(
  { bars, secret }: { bars: BarsService; secret: string },
  tx: Tx,
  judgement: PromotionRow["judgement"],
  live: string,
): Promise<void> {
  await assertNoneWithdrawn(tx, secret, judgement.candidateId);
  assertNotLoosened(await declaredBars(tx, judgement), judgement.bars);
  const inForce = await bars.inForce(tx, judgement.siteId);
  const lacking = lackingGround({
    verdict: judgement.result?.verdict ?? null,
    barsHold: isAsStrict(judgement.bars, inForce),
    judgedAgainst: judgement.liveId,
    live,
  });
  if (lacking === null) return;
  throw new ConflictError("NOT_JUDGED", LACKING[lacking], {
    details: { reason: lacking },
  });
}

/** @throws NOT_INDEPENDENT with the reason for whoever is no second person. */
export async function assertIndependent(
  tx: Tx,
  viewer: UserViewer,
  row: PromotionRow,
): Promise<void> {
  const reason = await dependence(tx, viewer, row);
  if (reason === null) return;
  throw new AppError("NOT_INDEPENDENT", DEPENDENT[reason], {
    details: { reason },
  });
}

/** Why the viewer is no second person for this promotion; null: he is. */
export async function dependence(
  client: DatabaseClient | Tx,
  { userId, email }: UserViewer,
  row: PromotionRow,
): Promise<Dependence | null> {
  const since = await accountSince(client, userId);
  return dependenceOf({ userId, email, since }, row);
}

/**
 * Email addresses as accounts have them.
 *
 * @throws BAD_USER_INPUT for one that is none, and for too many.
 */
export function emailsOf(texts: readonly string[]): string[] {
  if (texts.length > MOST_MAKERS)
    throw new BadInputError(`Name at most ${String(MOST_MAKERS)} people.`, [
      "input.trainedBy",
    ]);
  return texts.map((text) => {
    const parsed = emailSchema.safeParse(text.trim().toLowerCase());
    if (parsed.success) return parsed.data;
    throw new BadInputError("This is no email address.", ["input.trainedBy"]);
  });
}
