import type { AuditEvent, Case } from "@lung-iris/prisma";
import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { z } from "zod";
import { readEvent } from "../../audit/read-event.ts";
import type { ApiContext } from "../../context.ts";
import { readNotice } from "../case-rows/signer-notice.ts";
import { CaseType } from "../case-rows/case.type.ts";
import { IdentityChangeType } from "./identity-change.type.ts";

/** Events by which a case stands under another name or number. */
const CHANGES = ["case.renamed", "case.moved"];

/** See identity-change.type.ts. */
interface IdentityChange {
  /** Whose record it is a look at. */
  caseId: string;
  at: Date;
  byName: string;
  isMove: boolean;
  reason: string | null;
  nameBefore: string | null;
  nameAfter: string | null;
  mrnBefore: string | null;
  mrnAfter: string | null;
}

/** What a signer is told of a corrected identity, from the trail itself. */
@Resolver(() => CaseType)
export class IdentityChangeResolver {
  @FieldResolver(() => IdentityChangeType, {
    nullable: true,
    description:
      "The correction that you are told of after you had signed it, until you have acknowledged it; null without.",
  })
  async viewerIdentityChange(
    @Root() { id }: Case,
    @Ctx() { viewer, loaders }: ApiContext,
  ): Promise<IdentityChange | null> {
    if (viewer.kind !== "user") return null;
    const readings = await loaders.readingsOfCase.load(id);
    const isTold = readings.some(
      ({ readerId, notice }) =>
        readerId === viewer.userId && readNotice(notice) === "identity-changed",
    );
    if (!isTold) return null;
    const [event] = await loaders.historyOfCase.load({
      caseId: id,
      beforeSeq: null,
      limit: 1,
      without: [],
      only: CHANGES,
    });
    return event === undefined ? null : changeOf(id, event);
  }
}

const side = z
  .object({ patientName: z.string().nullish(), mrn: z.string().nullish() })
  .catch({});
const details = z
  .object({ reason: z.string().nullable() })
  .catch({ reason: null });

/** An event in the words of the notice; what does not fit is left out. */
function changeOf(caseId: string, stored: AuditEvent): IdentityChange {
  const event = readEvent(stored.content);
  const before = side.parse(event.before);
  const after = side.parse(event.after);
  return {
    caseId,
    at: stored.at,
    byName: stored.actorName,
    isMove: stored.type === "case.moved",
    reason: details.parse(event.details).reason,
    nameBefore: before.patientName ?? null,
    nameAfter: after.patientName ?? null,
    mrnBefore: before.mrn ?? null,
    mrnAfter: after.mrn ?? null,
  };
}
