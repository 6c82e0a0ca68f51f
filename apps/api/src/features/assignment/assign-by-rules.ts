import type { Case, DatabaseClient, Tx } from "@lung-iris/prisma";
import { READER_ROLES } from "../../access/roles.ts";
import type { RecordEvent } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import { findReader } from "../cases/case.reads.ts";
import type { Assignment } from "../case-machine/case.transition.ts";
import { tellPeople } from "../inbox/tell-people.ts";
import { activeMembers, findOpenPool } from "../pools/pool.reads.ts";
import type { AssignmentRule } from "../policies/policy-document.ts";
import type { PreviewRules, RuleCount } from "../policies/policy-preview.ts";
import type { SitePolicies, SitePolicy } from "../policies/site-policies.ts";
import { leastLoaded, rulesFor } from "./assignment.rules.ts";
import type { CaseFacts } from "./assignment.rules.ts";
import { countLoads } from "./reader-loads.ts";

/** Gives a case that has just come in away, where a rule of its site fits. */
export type AssignArrival = (
  tx: Tx,
  record: RecordEvent,
  row: Case,
) => Promise<void>;

/** Waiting cases that a preview looks at; a hospital has hundreds. */
const MOST_PREVIEWED = 10_000;

/** New cases by the rules of the site's policy in force. */
export function assignByRules(
  commands: CaseCommands,
  policies: SitePolicies,
  clock: Clock,
): AssignArrival {
  return async (tx, record, row) => {
    const policy = await policies.inForce(tx, row.siteId);
    const { rules } = policy.document.assignment;
    if (rules.length === 0) return;
    const [facts] = await factsOf(tx, [row]);
    if (facts === undefined) throw new Error("a case without its study");
    const zone = await zoneOf(tx, row.siteId);
    for (const rule of rulesFor(rules, facts, zone)) {
      const to = await receiverOf(tx, policy, rule);
      if (to === null) continue;
      const now = clock.now();
      await commands.apply(tx, record, row, { kind: "assign", now, ...to });
      if (to.assigneeId !== null)
        await tellPeople(tx, {
          row,
          kind: "ASSIGNED",
          userIds: [to.assigneeId],
          actor: { userId: null, name: rule.name },
          now,
        });
      return;
    }
  };
}

/** What the rules would have done with what waits, as it came in. */
export function previewRules(client: DatabaseClient): PreviewRules {
  return async (then) => {
    const { siteId, document } = then;
    const { rules } = document.assignment;
    const counts: RuleCount[] = [];
    for (const rule of rules) {
      const canTake = (await receiverOf(client, then, rule)) !== null;
      counts.push({ name: rule.name, cases: 0, canTake });
    }
    const rows = await client.case.findMany({
      where: { siteId, state: "WAITING" },
      orderBy: [{ arrivedAt: "asc" }, { id: "asc" }],
      take: MOST_PREVIEWED,
    });
    const able = rules.filter((_, at) => counts[at]?.canTake);
    const zone = await zoneOf(client, siteId);
    for (const facts of await factsOf(client, rows)) {
      const [first] = rulesFor(able, facts, zone);
      const count = counts.find(({ name }) => name === first?.name);
      if (count) count.cases += 1;
    }
    return counts;
  };
}

/** Whom a rule gives a case to now; null where nobody of it can take one. */
async function receiverOf(
  client: DatabaseClient | Tx,
  { siteId }: SitePolicy,
  { name, readerId, poolId, leastLoaded: toOne }: AssignmentRule,
): Promise<Assignment | null> {
  if (readerId !== null) {
    const reader = await findReader(client, readerId, siteId, {
      isActive: true,
      role: { in: [...READER_ROLES] },
    });
    return reader && { assigneeId: readerId, poolId: null, rule: name };
  }
  const pool =
    poolId === null ? null : await findOpenPool(client, siteId, poolId);
  if (pool === null) return null;
  const members = await activeMembers(client, pool);
  if (members.length === 0) return null;
  const assigneeId = toOne
    ? leastLoaded(await countLoads(client, {}, members))
    : null;
  return { assigneeId, poolId: pool.id, rule: name };
}

async function zoneOf(
  client: DatabaseClient | Tx,
  siteId: string,
): Promise<string> {
  const site = await client.site.findUniqueOrThrow({ where: { id: siteId } });
  return site.timeZone ?? "UTC";
}

/** What the rules look at, a case each, in the order of the rows. */
async function factsOf(
  client: DatabaseClient | Tx,
  rows: readonly Case[],
): Promise<CaseFacts[]> {
  const studies = await client.study.findMany({
    where: { id: { in: rows.map(({ studyId }) => studyId) } },
    select: {
      id: true,
      modality: true,
      series: { select: { bodyPart: true } },
    },
  });
  const byId = new Map(studies.map((study) => [study.id, study]));
  return rows.flatMap(({ studyId, arrivedAt }) => {
    const study = byId.get(studyId);
    if (study === undefined) return [];
    const bodyParts = study.series.flatMap(({ bodyPart }) => bodyPart ?? []);
    return [{ arrivedAt, bodyParts, modality: study.modality }];
  });
}
