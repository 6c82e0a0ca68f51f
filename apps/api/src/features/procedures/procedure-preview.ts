import type { Case, DatabaseClient } from "@lung-iris/prisma";
import type { ProcedureTrigger } from "./procedure-document.ts";
import { factsAt } from "./procedure-facts.ts";
import { begins } from "./procedure.rules.ts";

/** Cases read at a time. */
const CHUNK = 1_000;
/** More than the largest departments have in a month. */
const MOST_LOOKED_AT = 50_000;
/** Cases named. */
const NAMED = 20;

/** Which of the latest cases a trigger would have begun with. */
export interface ProcedurePreview {
  since: Date;
  looked: number;
  begun: number;
  /** There are more cases than were looked at. */
  isCapped: boolean;
  /** The newest of them. */
  cases: Case[];
}

/** Tries a trigger on a site's cases since a time, the newest first. */
export async function previewTrigger(
  client: DatabaseClient,
  siteId: string,
  trigger: ProcedureTrigger,
  since: Date,
): Promise<ProcedurePreview> {
  const preview = { looked: 0, begun: 0, cases: [] as Case[] };
  let last: Pick<Case, "id" | "arrivedAt"> | null = null;
  while (preview.looked < MOST_LOOKED_AT) {
    const rows = await casesBefore(client, siteId, since, last);
    last = rows.at(-1) ?? last;
    preview.looked += rows.length;
    const facts = await factsAt(client, trigger.moment, rows);
    const begun = new Set(
      facts.filter((fact) => begins(trigger, fact)).map(({ id }) => id),
    );
    preview.begun += begun.size;
    const named = rows.filter(({ id }) => begun.has(id));
    preview.cases.push(...named.slice(0, NAMED - preview.cases.length));
    if (rows.length < CHUNK) return { since, isCapped: false, ...preview };
  }
  return { since, isCapped: true, ...preview };
}

function casesBefore(
  client: DatabaseClient,
  siteId: string,
  since: Date,
  last: Pick<Case, "id" | "arrivedAt"> | null,
): Promise<Case[]> {
  const before =
    last === null
      ? {}
      : {
          OR: [
            { arrivedAt: { lt: last.arrivedAt } },
            { arrivedAt: last.arrivedAt, id: { lt: last.id } },
          ],
        };
  return client.case.findMany({
    where: { AND: [{ siteId, arrivedAt: { gte: since } }, before] },
    orderBy: [{ arrivedAt: "desc" }, { id: "desc" }],
    take: CHUNK,
  });
}
