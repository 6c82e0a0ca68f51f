import type { Case } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  systemViewer,
  userViewer,
} from "../../../apps/api/src/access/viewer.ts";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { RecentLooks } from "../../../apps/api/src/audit/recent-looks.ts";
import {
  ceilingOf,
  URGENCY_LADDER,
  type PolicyDocument,
} from "../../../apps/api/src/features/policies/policy-document.ts";
import { SitePolicies } from "../../../apps/api/src/features/policies/site-policies.ts";
import { WaitingCeilingService } from "../../../apps/api/src/features/urgency/waiting-ceiling.service.ts";
import { CaseCommands } from "../../../apps/api/src/features/cases/case.commands.ts";
import type { WorklistRequest } from "../../../apps/api/src/features/worklist/worklist.request.ts";
import { WorklistService } from "../../../apps/api/src/features/worklist/worklist.service.ts";
import { aPolicy, givenPolicy } from "../../testkit/policies.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite } from "../../testkit/viewers.ts";

const ROUNDS = 12;
const CASES = 30;

/** Mostly waiting. */
const STATES = [
  ...Array<"WAITING">(7).fill("WAITING"),
  "READING",
  "SIGNED",
  "SIGNED",
] as const;

/** Numbers in 0…1 from a seed: the same rounds each time. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe("the waiting ceiling", () => {
  let server: TestServer;
  let service: WorklistService;
  let policies: SitePolicies;

  beforeAll(async () => {
    server = await startTestServer();
    const { client } = server.database;
    const audit = new AuditLog(client, server.clock);
    policies = new SitePolicies(client);
    service = new WorklistService({
      client,
      audit,
      clock: server.clock,
      recent: new RecentLooks(server.clock),
      policies,
    });
  });

  afterAll(() => server.stop());

  /** The whole list in its default order, by pages, as the page reads it. */
  async function readList(
    request: WorklistRequest,
    siteIds: readonly string[],
  ): Promise<Case[]> {
    const viewer = userViewer(
      {
        userId: siteIds[0] ?? "",
        sessionId: "test",
        name: "Test",
        email: "test@example.org",
        role: "RADIOLOGIST",
        siteIds: [...siteIds],
        sessionExpiresAt: new Date("2100-01-01"),
      },
      { address: null, userAgent: null, requestId: "test" },
    );
    const rows: Case[] = [];
    let after: string | null = null;
    do {
      const page = await service.list(viewer, request, "URGENCY", {
        first: 7,
        after,
      });
      rows.push(...page.edges.map(({ node }) => node));
      const { hasNextPage, endCursor } = page.pageInfo;
      after = hasNextPage ? endCursor : null;
    } while (after !== null);
    return rows;
  }

  it("keeps every case past the ceiling of its class above all that are not, and what is signed below all that is open, whatever cases, policies and times", async () => {
    let overdueInAll = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const random = numbersFrom(round + 1);
      const sites = [await aSite(server), await aSite(server)];
      const documents = new Map<string, PolicyDocument>();
      for (const { id } of sites) {
        const [critical, urgent, soon, routine] = [1, 2, 3, 4]
          .map(() => 5 + Math.floor(random() * 400))
          .sort((a, b) => a - b) as [number, number, number, number];
        const changes = { ceilings: { critical, urgent, soon, routine } };
        await givenPolicy(server, id, changes);
        documents.set(id, aPolicy(changes));
      }
      const open: string[] = [];
      const signed: string[] = [];
      for (let index = 0; index < CASES; index++) {
        const state = STATES[Math.floor(random() * STATES.length)] ?? "WAITING";
        const builder = aCase(server, sites[index % 2]?.id ?? "").with({
          urgency: URGENCY_LADDER[Math.floor(random() * 4)] ?? "SOON",
          state,
          arrivedAt: new Date(
            server.clock.now().getTime() - Math.floor(random() * 500) * 60_000,
          ),
        });
        if (random() < 0.7) builder.assessed(0.05 + random() * 0.9);
        const { case: row } = await builder.create();
        (state === "SIGNED" ? signed : open).push(row.id);
      }
      const isWhole = round % 2 === 0;
      const isLate = ({ siteId, state, urgency, arrivedAt }: Case): boolean => {
        const document = documents.get(siteId);
        if (document === undefined) throw new Error("another round's site");
        const waited = server.clock.now().getTime() - arrivedAt.getTime();
        return (
          state === "WAITING" && waited >= ceilingOf(document, urgency) * 60_000
        );
      };
      // As they came in, with the record of it, and some minutes later.
      for (const step of ["as they came", "raised", "later"]) {
        if (step === "raised") await raise();
        if (step === "later") server.clock.forward(60 * 37);
        const list = await readList(
          isWhole ? {} : { states: ["WAITING", "READING"] },
          sites.map(({ id }) => id),
        );
        const listed = list.map(({ id }) => id);
        expect(listed.slice(0, open.length).sort()).toEqual([...open].sort());
        expect(listed.slice(open.length).sort()).toEqual(
          isWhole ? [...signed].sort() : [],
        );
        const late = list.map(isLate);
        const firstInTime = late.indexOf(false);
        const lastLate = late.lastIndexOf(true);
        const what = `round ${String(round)}, ${step}`;
        if (firstInTime >= 0) expect(lastLate, what).toBeLessThan(firstInTime);
        overdueInAll += late.filter(Boolean).length;
      }
    }
    // The rounds are worth something only where both kinds are there.
    expect(overdueInAll).toBeGreaterThan(ROUNDS * CASES * 0.5);
    expect(overdueInAll).toBeLessThan(ROUNDS * CASES * 3 * 0.8);
  }, 300_000);

  it("does not lose or repeat a case whose ceiling passes between two pages", async () => {
    const site = await aSite(server);
    await givenPolicy(server, site.id, {
      ceilings: { critical: 60, urgent: 60, soon: 60, routine: 60 },
    });
    const ids: string[] = [];
    for (let minute = 0; minute < 20; minute++) {
      const { case: row } = await aCase(server, site.id)
        .with({
          urgency: minute % 2 === 0 ? "ROUTINE" : "URGENT",
          arrivedAt: new Date(
            server.clock.now().getTime() - (50 + minute) * 60_000,
          ),
        })
        .create();
      ids.push(row.id);
    }
    const viewer = systemViewer("test", "test");
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await service.list(viewer, { siteId: site.id }, "URGENCY", {
        first: 4,
        after,
      });
      seen.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      server.clock.forward(120);
    } while (after !== null);
    expect(seen).toHaveLength(ids.length);
    expect(new Set(seen)).toEqual(new Set(ids));
  });

  it("counts what is past it", async () => {
    const site = await aSite(server);
    for (const minutes of [10, 119, 120, 500])
      await aCase(server, site.id)
        .with({
          arrivedAt: new Date(server.clock.now().getTime() - minutes * 60_000),
        })
        .create();
    const { overdue, waiting } = await service.summary(
      systemViewer("test", "test"),
      site.id,
    );
    expect({ overdue, waiting }).toEqual({ overdue: 2, waiting: 4 });
  });

  async function raise(): Promise<void> {
    const { client } = server.database;
    await new WaitingCeilingService({
      client,
      clock: server.clock,
      audit: new AuditLog(client, server.clock),
      commands: new CaseCommands(server.clock),
      policies,
    }).raise();
  }
});
