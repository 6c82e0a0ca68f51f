import type {
  DatabaseClient,
  Patient,
  PatientPair,
  Tx,
} from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visiblePatientPairs, visiblePatients } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
  type Page,
} from "../../platform/pagination.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import { renewSuggestions } from "../patients/alike-patients.ts";
import { lockPatients } from "../patients/identity-lock.ts";
import { denyPair, findPair, findPairs, undenyPair } from "./pair.store.ts";

const cursorSchema = z.tuple([z.uuid()]);

interface PairServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
}

/** Records that look like one person's, and what people say of them. */
export class PairService {
  readonly #deps: PairServiceDeps;

  constructor(deps: PairServiceDeps) {
    this.#deps = deps;
  }

  /** Suggested pairs, or those said to be two people; newest first. */
  async list(
    viewer: Viewer,
    isDenied: boolean,
    first: number,
    after: string | null | undefined,
  ): Promise<Page<PatientPair>> {
    assertCan(viewer, "patient:merge");
    const size = pageSize(first);
    const cursor = after ? decodeCursor(after, cursorSchema) : null;
    const rows = await findPairs(
      this.#deps.client,
      visiblePatientPairs(viewer),
      { isDenied, before: cursor?.[0] ?? null, take: size + 1 },
    );
    return toPage(rows, size, after, ({ id }) => encodeCursor([id]));
  }

  /**
   * The two are not one person: they are suggested no more and cannot be
   * merged until that is taken back.
   *
   * @throws CONFLICT where it was said already or one of them is merged.
   */
  deny(
    viewer: Viewer,
    ids: { one: string; other: string },
    why: string,
  ): Promise<PatientPair> {
    assertUserCan(viewer, "patient:merge");
    const reason = requiredReason(why);
    const { one, other } = ids;
    if (one === other)
      throw new BadInputError("These are not two records but one.", [
        "otherId",
      ]);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const { siteId } = await lockPair(tx, viewer, ids);
      if ((await findPair(tx, one, other))?.notSameAt)
        throw new ConflictError("CONFLICT", "Somebody has said so already.");
      const now = clock.now();
      const pair = await denyPair(
        tx,
        { id: newId(now), siteId, one, other },
        { notSameAt: now, notSameByName: viewer.name, notSameReason: reason },
      );
      await dropKeptReason(tx, viewer, "NOT_SAME", one, other);
      record({
        type: "patient.not-same-said",
        ...ofPair(pair),
        before: { isSame: "open" },
        after: { isSame: "no" },
        details: { pairId: pair.id, otherId: pair.secondId, reason },
      });
      return pair;
    });
  }

  /**
   * Takes that back. The answer is the pair as it was said of.
   *
   * @throws CONFLICT where nobody has said so.
   */
  takeBack(viewer: Viewer, id: string, why: string): Promise<PatientPair> {
    assertUserCan(viewer, "patient:merge");
    const reason = requiredReason(why);
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const seen = isUuid(id)
        ? await tx.patientPair.findFirst({
            where: { AND: [visiblePatientPairs(viewer), { id }] },
          })
        : null;
      if (seen === null) throw new NotFoundError("pair");
      const ids = { one: seen.firstId, other: seen.secondId };
      const first = await lockPair(tx, viewer, ids);
      const pair = await findPair(tx, ids.one, ids.other);
      if (!pair?.notSameAt)
        throw new ConflictError("CONFLICT", "Nobody has said so.");
      const open = await undenyPair(tx, pair.id);
      await renewSuggestions(tx, first);
      await dropKeptReason(tx, viewer, "NOT_SAME_BACK", ids.one, ids.other);
      record({
        type: "patient.not-same-taken-back",
        ...ofPair(pair),
        before: { isSame: "no" },
        after: { isSame: "open" },
        details: { pairId: pair.id, otherId: pair.secondId, reason },
      });
      return open;
    });
  }
}

/** Holds both records; the first that was named. */
async function lockPair(
  tx: Tx,
  viewer: Viewer,
  { one, other }: { one: string; other: string },
): Promise<Patient> {
  const isKnown = isUuid(one) && isUuid(other);
  const rows = isKnown
    ? await lockPatients(tx, visiblePatients(viewer), [one, other])
    : new Map<string, Patient>();
  const first = rows.get(one);
  const second = rows.get(other);
  if (first === undefined || second === undefined)
    throw new NotFoundError("patient");
  const { siteId } = first;
  assertUserCan(viewer, "patient:merge", { what: "patient", siteId });
  if (second.siteId !== siteId)
    throw new BadInputError("The two records are of two hospitals.", [
      "otherId",
    ]);
  if (first.mergedIntoId !== null || second.mergedIntoId !== null)
    throw new ConflictError("CONFLICT", "One of the two records is merged.");
  return first;
}

function ofPair({ siteId, firstId }: PatientPair) {
  const subject = { type: "patient" as const, id: firstId };
  return { subject, siteId, patientId: firstId };
}
