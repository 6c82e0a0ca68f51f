import type { Prisma } from "@lung-iris/prisma";
import type { Viewer } from "../../access/viewer.ts";
import { visibleProcedureSteps } from "../../access/scope.ts";
import { readsBlind } from "../blindness/blindness.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { openToReader } from "../blindness/second-read.reads.ts";

const DURING_SECOND = ["SECOND_DUE", "SECOND_READING"] as const;

/**
 * Steps that the viewer may see. What the AI's answer began would tell it, so
 * it stays from readers who read blind until it was revealed to them; what a
 * signed reading began stays from those from whom that is kept.
 */
export async function shownSteps(
  viewer: Viewer,
  policies: SitePolicies,
): Promise<Prisma.ProcedureStepWhereInput> {
  const visible = visibleProcedureSteps(viewer);
  const open = openToReader(viewer);
  if (viewer.kind !== "user" || open === null) return visible;
  const { readerId, unkept } = open;
  const shown = await shownAi(viewer, viewer.siteIds, policies, readerId);
  return {
    AND: [
      visible,
      {
        OR: [
          { moment: "ARRIVAL" },
          { moment: "AI", case: shown },
          { moment: { in: ["READING", "CRITICAL"] }, case: unkept },
        ],
      },
    ],
  };
}

/** `maySeeAi` of features/blindness, as a condition on cases. */
async function shownAi(
  viewer: Viewer,
  siteIds: readonly string[],
  policies: SitePolicies,
  readerId: string,
): Promise<Prisma.CaseWhereInput> {
  const sites = await Promise.all(
    siteIds.map(async (id) => {
      const { document } = await policies.current(id);
      return { id, ...document };
    }),
  );
  const open = sites.filter(
    ({ id, reading }) => !readsBlind(viewer, id, reading.mode),
  );
  const idsOf = (of: typeof open) => of.map(({ id }) => id);
  return {
    OR: [
      { readings: { some: { readerId, revealedAt: { not: null } } } },
      {
        siteId: {
          in: idsOf(open.filter(({ secondReads }) => !secondReads.blindToAi)),
        },
      },
      {
        siteId: { in: idsOf(open) },
        OR: [
          { secondRead: null },
          { secondRead: { notIn: [...DURING_SECOND] } },
        ],
      },
    ],
  };
}
