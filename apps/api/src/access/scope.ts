import type { Prisma } from "@lung-iris/prisma";
import { assertNever } from "../errors.ts";
import type { Viewer } from "./viewer.ts";

/**
 * What a viewer may see, as the `where` that every list and look-up starts
 * from. AND further conditions to it; never OR, never replace. Fails closed:
 * whoever belongs to no site sees no row.
 */
interface SiteScope {
  siteId?: { in: string[] };
}

function siteScope(viewer: Viewer): SiteScope {
  switch (viewer.kind) {
    case "anonymous":
      return { siteId: { in: [] } };
    case "user":
      return { siteId: { in: [...viewer.siteIds] } };
    case "system":
      return {};
    default:
      return assertNever(viewer);
  }
}

export function visibleCases(viewer: Viewer): Prisma.CaseWhereInput {
  return siteScope(viewer);
}

export function visibleStudies(viewer: Viewer): Prisma.StudyWhereInput {
  return siteScope(viewer);
}

export function visiblePatients(viewer: Viewer): Prisma.PatientWhereInput {
  return siteScope(viewer);
}

export function visiblePatientMerges(
  viewer: Viewer,
): Prisma.PatientMergeWhereInput {
  return siteScope(viewer);
}

export function visiblePatientPairs(
  viewer: Viewer,
): Prisma.PatientPairWhereInput {
  return siteScope(viewer);
}

/** Films in sight: one that was removed does not exist but for the trail. */
export function visibleImages(viewer: Viewer): Prisma.ImageWhereInput {
  return { ...siteScope(viewer), removedAt: null };
}

export function visibleFilmCorrections(
  viewer: Viewer,
): Prisma.FilmCorrectionWhereInput {
  return siteScope(viewer);
}

export function visibleStudyCorrections(
  viewer: Viewer,
): Prisma.StudyCorrectionWhereInput {
  return siteScope(viewer);
}

export function visibleReadings(viewer: Viewer): Prisma.ReadingWhereInput {
  return siteScope(viewer);
}

export function visibleReadingVersions(
  viewer: Viewer,
): Prisma.ReadingVersionWhereInput {
  return siteScope(viewer);
}

export function visiblePolicyVersions(
  viewer: Viewer,
): Prisma.PolicyVersionWhereInput {
  return siteScope(viewer);
}

export function visibleThresholdProposals(
  viewer: Viewer,
): Prisma.ThresholdProposalWhereInput {
  return siteScope(viewer);
}

export function visibleBars(viewer: Viewer): Prisma.BarsVersionWhereInput {
  return siteScope(viewer);
}

export function visibleJudgements(viewer: Viewer): Prisma.JudgementWhereInput {
  return siteScope(viewer);
}

export function visiblePromotions(viewer: Viewer): Prisma.PromotionWhereInput {
  return siteScope(viewer);
}

export function visibleTrainingRuns(
  viewer: Viewer,
): Prisma.TrainingRunWhereInput {
  return siteScope(viewer);
}

/** Macros of the viewer's sites: those of the site and the viewer's own. */
export function visibleMacros(viewer: Viewer): Prisma.ReportMacroWhereInput {
  const ownerId = viewer.kind === "user" ? viewer.userId : null;
  const whose =
    ownerId === null ? [{ ownerId: null }] : [{ ownerId: null }, { ownerId }];
  return { AND: [siteScope(viewer), { OR: whose }] };
}

export function visiblePools(viewer: Viewer): Prisma.ReaderPoolWhereInput {
  return siteScope(viewer);
}

/** What the viewer himself was told, of the sites that are still his. */
export function visibleInbox(viewer: Viewer): Prisma.InboxItemWhereInput {
  if (viewer.kind !== "user") return { id: { in: [] } };
  return { AND: [siteScope(viewer), { userId: viewer.userId }] };
}

/** What the viewer himself typed and has not sent, at sites that are still his. */
export function visibleKeptTexts(viewer: Viewer): Prisma.KeptTextWhereInput {
  if (viewer.kind !== "user") return { id: { in: [] } };
  return { AND: [siteScope(viewer), { userId: viewer.userId }] };
}

/** Reasons that the viewer himself typed, at sites that are still his. */
export function visibleKeptReasons(
  viewer: Viewer,
): Prisma.KeptReasonWhereInput {
  if (viewer.kind !== "user") return { id: { in: [] } };
  return { AND: [siteScope(viewer), { userId: viewer.userId }] };
}

export function visibleDeliveries(
  viewer: Viewer,
): Prisma.NotificationDeliveryWhereInput {
  return siteScope(viewer);
}

export function visibleComments(viewer: Viewer): Prisma.CaseCommentWhereInput {
  return siteScope(viewer);
}

/**
 * Worklist views that are the viewer's own or shared with his sites.
 *
 * @param removedSince those that were removed then or later instead
 */
export function visibleViews(
  viewer: Viewer,
  removedSince?: Date,
): Prisma.WorklistViewWhereInput {
  const deletedAt = removedSince === undefined ? null : { gte: removedSince };
  const own: Prisma.WorklistViewWhereInput[] =
    viewer.kind === "user" ? [{ siteId: null, ownerId: viewer.userId }] : [];
  const shared = { AND: [siteScope(viewer), { siteId: { not: null } }] };
  return { deletedAt, OR: [...own, shared] };
}

export function visibleDatasets(viewer: Viewer): Prisma.DatasetWhereInput {
  return siteScope(viewer);
}

export function visibleWithdrawals(
  viewer: Viewer,
): Prisma.LearningWithdrawalWhereInput {
  return siteScope(viewer);
}

export function visibleErasures(viewer: Viewer): Prisma.ErasureWhereInput {
  return siteScope(viewer);
}

export function visibleRetention(
  viewer: Viewer,
): Prisma.RetentionVersionWhereInput {
  return siteScope(viewer);
}

export function visiblePreliminaryReports(
  viewer: Viewer,
): Prisma.PreliminaryReportWhereInput {
  return siteScope(viewer);
}

export function visibleCriticalResults(
  viewer: Viewer,
): Prisma.CriticalResultWhereInput {
  return siteScope(viewer);
}

export function visibleProcedures(viewer: Viewer): Prisma.ProcedureWhereInput {
  return siteScope(viewer);
}

export function visibleProcedureVersions(
  viewer: Viewer,
): Prisma.ProcedureVersionWhereInput {
  return siteScope(viewer);
}

export function visibleProcedureSteps(
  viewer: Viewer,
): Prisma.ProcedureStepWhereInput {
  return siteScope(viewer);
}

export function visibleAlarms(viewer: Viewer): Prisma.AlarmWhereInput {
  return siteScope(viewer);
}

/** Predictions of films that the viewer may see. */
export function visiblePredictions(
  viewer: Viewer,
): Prisma.PredictionWhereInput {
  return { image: visibleImages(viewer) };
}

export function visibleSites(viewer: Viewer): Prisma.SiteWhereInput {
  switch (viewer.kind) {
    case "anonymous":
      return { id: { in: [] } };
    case "user":
      return { id: { in: [...viewer.siteIds] } };
    case "system":
      return {};
    default:
      return assertNever(viewer);
  }
}

/** Users who share a site with the viewer, and the viewer. */
export function visibleUsers(viewer: Viewer): Prisma.UserWhereInput {
  switch (viewer.kind) {
    case "anonymous":
      return { id: { in: [] } };
    case "user":
      return {
        OR: [
          { id: viewer.userId },
          { sites: { some: { siteId: { in: [...viewer.siteIds] } } } },
        ],
      };
    case "system":
      return {};
    default:
      return assertNever(viewer);
  }
}

/**
 * Ids of the sites whose rows the viewer may see, for raw SQL; `null` means
 * every site and is only for the system.
 */
export function visibleSiteIds(viewer: Viewer): readonly string[] | null {
  switch (viewer.kind) {
    case "anonymous":
      return [];
    case "user":
      return viewer.siteIds;
    case "system":
      return null;
    default:
      return assertNever(viewer);
  }
}
