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

export function visibleImages(viewer: Viewer): Prisma.ImageWhereInput {
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

/** Macros of the viewer's sites: those of the site and the viewer's own. */
export function visibleMacros(viewer: Viewer): Prisma.ReportMacroWhereInput {
  const ownerId = viewer.kind === "user" ? viewer.userId : null;
  const whose =
    ownerId === null ? [{ ownerId: null }] : [{ ownerId: null }, { ownerId }];
  return { AND: [siteScope(viewer), { OR: whose }] };
}

export function visibleDatasets(viewer: Viewer): Prisma.DatasetWhereInput {
  return siteScope(viewer);
}

export function visibleWithdrawals(
  viewer: Viewer,
): Prisma.LearningWithdrawalWhereInput {
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
