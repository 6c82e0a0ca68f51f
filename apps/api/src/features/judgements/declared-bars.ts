import type { BarsVersion, DatabaseClient, Tx } from "@lung-iris/prisma";
import DataLoader from "dataloader";
import { ConflictError } from "../../errors.ts";
import { barsDocument } from "../bars/bars-document.ts";
import { looserLimits } from "../bars/looser-limits.ts";

/** A candidate at a site. */
export interface CandidateAt {
  siteId: string;
  candidateId: string;
}

/**
 * The bars of a site that were declared before the run that made a candidate:
 * those that the run names, or, for a run of another site, those in force here
 * when it was asked for. A candidate that several runs made has those of the
 * first: from then on its figures could be known. Null where no run made it.
 */
export async function declaredBars(
  client: DatabaseClient | Tx,
  at: CandidateAt,
): Promise<BarsVersion | null> {
  const [bars = null] = await declaredBarsOf(client, [at]);
  return bars;
}

/** The same for many, in their order. */
async function declaredBarsOf(
  client: DatabaseClient | Tx,
  all: readonly CandidateAt[],
): Promise<(BarsVersion | null)[]> {
  const runs = await client.trainingRun.findMany({
    where: { candidateId: { in: all.map(({ candidateId }) => candidateId) } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { candidateId: true, siteId: true, createdAt: true, bars: true },
  });
  if (runs.length === 0) return all.map(() => null);
  const versions = await client.barsVersion.findMany({
    where: { siteId: { in: all.map(({ siteId }) => siteId) } },
    orderBy: { version: "asc" },
  });
  return all.map(({ siteId, candidateId }) => {
    const run = runs.find((one) => one.candidateId === candidateId);
    if (run === undefined) return null;
    if (run.siteId === siteId) return run.bars;
    const own = versions.filter((version) => version.siteId === siteId);
    // A site that is younger than the run has its first bars.
    return (
      own.findLast(({ createdAt }) => createdAt <= run.createdAt) ??
      own[0] ??
      null
    );
  });
}

/** The declared bars of the candidates of a page, read together. */
export function declaredBarsLoader(
  client: DatabaseClient,
): DataLoader<CandidateAt, BarsVersion | null, string> {
  return new DataLoader((all) => declaredBarsOf(client, all), {
    cacheKeyFn: ({ siteId, candidateId }) => `${siteId} ${candidateId}`,
  });
}

/**
 * Refuses bars that ask less of a run's candidate than was declared before the
 * run: whoever knows the figures could set limits that fit them.
 *
 * @throws BARS_LOOSENED naming both versions and what got looser
 */
export function assertNotLoosened(
  declared: BarsVersion | null,
  bars: BarsVersion,
): void {
  if (declared === null || declared.id === bars.id) return;
  const looser = looserLimits(
    barsDocument.parse(declared.document),
    barsDocument.parse(bars.document),
  );
  if (looser.length === 0) return;
  throw new ConflictError(
    "BARS_LOOSENED",
    `Version ${String(bars.version)} of the bars asks less than version ${String(declared.version)}, which was declared before the run that made this candidate. Declare limits that are no looser, or make a candidate by a new run.`,
    {
      details: {
        reason: "bars-loosened-after-run",
        declaredVersion: declared.version,
        barsVersion: bars.version,
        looser: looser.map(({ set, measure, what }) =>
          measure === null ? `${set} ${what}` : `${set} ${measure} ${what}`,
        ),
      },
    },
  );
}

/** Whether a judgement by these bars holds where others are in force now. */
export function isAsStrict(judgedBy: BarsVersion, now: BarsVersion): boolean {
  return (
    judgedBy.id === now.id ||
    looserLimits(
      barsDocument.parse(now.document),
      barsDocument.parse(judgedBy.document),
    ).length === 0
  );
}
