import type { KeptReasonKind, Tx } from "@lung-iris/prisma";
import type { Permission } from "../../access/permissions.ts";
import {
  visibleAlarms,
  visibleErasures,
  visibleJudgements,
  visibleMacros,
  visiblePatientMerges,
  visiblePatients,
  visibleProcedures,
  visiblePromotions,
  visibleSites,
  visibleThresholdProposals,
} from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { isUuid } from "../../platform/ids.ts";
import type { ReasonPlace } from "./kept-reason.rules.ts";

/** The hospital of what a reason is about, and whose record it is. */
export interface ReasonSubject {
  siteId: string;
  patientId: string | null;
}

interface SubjectOf {
  /** The noun as the user knows it. */
  what: string;
  /** What somebody must be allowed to do, so that words for it are kept. */
  permission: Permission;
  /** What the viewer sees by this id, or null. */
  find: (
    tx: Tx,
    viewer: Viewer,
    id: string,
    part: string,
  ) => Promise<ReasonSubject | null>;
}

type Find = SubjectOf["find"];

const OF_SITE = { siteId: true } as const;

const site: Find = async (tx, viewer, id) => {
  const row = await tx.site.findFirst({
    where: { AND: [visibleSites(viewer), { id }] },
    select: { id: true },
  });
  return row && { siteId: row.id, patientId: null };
};

/** What a model does at a site; models are of no hospital. */
const modelAtSite: Find = async (tx, viewer, id, part) => {
  const found = isUuid(part)
    ? await tx.modelVersion.findUnique({ where: { id: part } })
    : null;
  return found && site(tx, viewer, id, "");
};

const record: Find = async (tx, viewer, id) => {
  const row = await tx.patient.findFirst({
    where: { AND: [visiblePatients(viewer), { id }] },
    select: OF_SITE,
  });
  return row && { ...row, patientId: id };
};

/** Both are seen, at one hospital; the first stands for them on the record. */
const twoRecords: Find = async (tx, viewer, id, part) => {
  if (!isUuid(part) || id === part) return null;
  const first = await record(tx, viewer, id, "");
  const second = await record(tx, viewer, part, "");
  return first !== null && second?.siteId === first.siteId ? first : null;
};

const merge: Find = async (tx, viewer, id) => {
  const row = await tx.patientMerge.findFirst({
    where: { AND: [visiblePatientMerges(viewer), { id }] },
    select: { siteId: true, survivorId: true },
  });
  return row && { siteId: row.siteId, patientId: row.survivorId };
};

const alarm: Find = async (tx, viewer, id) =>
  ofNobody(
    await tx.alarm.findFirst({
      where: { AND: [visibleAlarms(viewer), { id }] },
      select: OF_SITE,
    }),
  );

const judgement: Find = async (tx, viewer, id) =>
  ofNobody(
    await tx.judgement.findFirst({
      where: { AND: [visibleJudgements(viewer), { id }] },
      select: OF_SITE,
    }),
  );

const promotion: Find = async (tx, viewer, id) =>
  ofNobody(
    await tx.promotion.findFirst({
      where: { AND: [visiblePromotions(viewer), { id }] },
      select: OF_SITE,
    }),
  );

const proposal: Find = async (tx, viewer, id) =>
  ofNobody(
    await tx.thresholdProposal.findFirst({
      where: { AND: [visibleThresholdProposals(viewer), { id }] },
      select: OF_SITE,
    }),
  );

const procedure: Find = async (tx, viewer, id) =>
  ofNobody(
    await tx.procedure.findFirst({
      where: { AND: [visibleProcedures(viewer), { id }] },
      select: OF_SITE,
    }),
  );

const erasure: Find = async (tx, viewer, id) => {
  const row = await tx.erasure.findFirst({
    where: { AND: [visibleErasures(viewer), { id }] },
    select: { siteId: true, patientId: true },
  });
  return row;
};

/** One that there is, of the same owner, or by the site's id a new one. */
function macro(isOfSite: boolean): Find {
  return async (tx, viewer, id) => {
    const ownerId = isOfSite || viewer.kind !== "user" ? null : viewer.userId;
    const row = await tx.reportMacro.findFirst({
      where: { AND: [visibleMacros(viewer), { id, ownerId }] },
      select: OF_SITE,
    });
    return row ? ofNobody(row) : site(tx, viewer, id, "");
  };
}

function ofNobody(row: { siteId: string } | null): ReasonSubject | null {
  return row && { ...row, patientId: null };
}

const ofTwo = {
  what: "patient",
  permission: "patient:merge",
  find: twoRecords,
} as const;
const ofPatient = {
  what: "patient",
  permission: "learning:withdraw",
  find: record,
} as const;
const ofErasure = {
  what: "erasure",
  permission: "patient:erase",
  find: erasure,
} as const;
const ofPromotion = {
  what: "promotion",
  permission: "model:promote",
  find: promotion,
} as const;

const ofShadow = {
  what: "model",
  permission: "model:manage",
  find: modelAtSite,
} as const;

/** A site, for whoever may do something there. */
function ofSite(permission: Permission): SubjectOf {
  return { what: "site", permission, find: site };
}

const SUBJECTS: Readonly<Record<KeptReasonKind, SubjectOf>> = {
  MERGE: ofTwo,
  NOT_SAME: ofTwo,
  NOT_SAME_BACK: ofTwo,
  MERGE_UNDO: { what: "merge", permission: "patient:merge", find: merge },
  WITHDRAWAL: ofPatient,
  WITHDRAWAL_LIFT: ofPatient,
  ALARM: { what: "alarm", permission: "alarm:handle", find: alarm },
  PROMOTION_PROPOSAL: {
    what: "judgement",
    permission: "model:promote",
    find: judgement,
  },
  PROMOTION_APPROVAL: ofPromotion,
  PROMOTION_REJECTION: ofPromotion,
  PROMOTION_ROLLBACK: ofPromotion,
  BARS: ofSite("bars:edit"),
  THRESHOLD_CHANGE: ofSite("threshold:propose"),
  SINGLE_APPROVAL: ofSite("threshold:propose"),
  THRESHOLD_DECLINE: {
    what: "proposal",
    permission: "threshold:approve",
    find: proposal,
  },
  POLICY: ofSite("policy:edit"),
  PROCEDURE_NEW: ofSite("procedure:edit"),
  PROCEDURE_CHANGE: {
    what: "procedure",
    permission: "procedure:edit",
    find: procedure,
  },
  ERASURE: { what: "patient", permission: "patient:erase", find: record },
  ERASURE_APPROVAL: ofErasure,
  ERASURE_REJECTION: ofErasure,
  RETENTION: ofSite("patient:erase"),
  SHADOW_START: ofShadow,
  SHADOW_END: ofShadow,
  OWN_MACRO: { what: "macro", permission: "macro:own", find: macro(false) },
  FILM_NOTE: ofSite("study:upload"),
  DETAILS_TABLE: ofSite("study:upload"),
  SITE_MACRO: { what: "macro", permission: "macro:manage", find: macro(true) },
};

/** What a reason would be about, with what it takes to give one. */
export async function subjectOf(
  tx: Tx,
  viewer: Viewer,
  { kind, aboutId, part }: ReasonPlace,
): Promise<Omit<SubjectOf, "find"> & { subject: ReasonSubject | null }> {
  const { find, ...of } = SUBJECTS[kind];
  const subject = isUuid(aboutId)
    ? await find(tx, viewer, aboutId, part)
    : null;
  return { ...of, subject };
}
