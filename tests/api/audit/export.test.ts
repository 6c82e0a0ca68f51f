import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { systemViewer } from "../../../apps/api/src/access/viewer.ts";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { verifyLines } from "../../../apps/api/src/audit/verify-chain.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import type { Scenario } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAuditor,
  asRadiologist,
  asStaff,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const PATHS = `query ($filter: AuditFilter) {
  auditExport(filter: $filter) { eventsPath chainPath }
}`;
const paths = z.object({
  auditExport: z.object({
    eventsPath: z.string(),
    chainPath: z.string().nullable(),
  }),
});
const OPEN = `query ($id: ID!) { case(id: $id) { id } }`;

describe("taking a copy of the audit trail", () => {
  let server: TestServer;
  let here: string;
  let there: string;
  let auditor: SignedIn;
  let everywhere: SignedIn;
  let own: Scenario;

  beforeAll(async () => {
    server = await startTestServer();
    here = (await aSite(server)).id;
    there = (await aSite(server)).id;
    auditor = await asAuditor(server, here);
    everywhere = await asAuditor(server, here, there);
    own = await aCase(server, here).named("=NGUYỄN, An").create();
    const foreign = await aCase(server, there).create();
    const reader = await asRadiologist(server, here);
    const other = await asRadiologist(server, there);
    // More than one page of the export.
    for (let n = 0; n < 3; n++) await reader.execute(OPEN, { id: own.case.id });
    await other.execute(OPEN, { id: foreign.case.id });
  });

  afterAll(() => server.stop());

  const ask = async (viewer: SignedIn, filter: Record<string, unknown> = {}) =>
    (await viewer.execute(PATHS, { filter })).data(paths).auditExport;

  async function download(viewer: SignedIn, path: string): Promise<string[]> {
    const response = await viewer.fetch(path);
    expect(response.status).toBe(200);
    return (await response.text()).split("\r\n");
  }

  it("gives the events of a search as a table, of the viewer's sites only", async () => {
    const filter = { types: ["case.opened"] };
    const { eventsPath } = await ask(auditor, filter);
    expect(eventsPath).toMatch(/^\/audit\/events\/[\w-]+\.csv$/);
    const [header, ...lines] = await download(auditor, eventsPath);
    expect(header).toMatch(/^seq,at,type,actorId,.*,hash$/);
    expect(lines.filter((line) => line !== "")).toHaveLength(1);
    expect(lines[0]).toContain(own.case.id);
    const all = await download(everywhere, (await ask(everywhere)).eventsPath);
    const mine = await download(auditor, (await ask(auditor)).eventsPath);
    expect(all.join("\n")).toContain(there);
    expect(mine.join("\n")).not.toContain(there);
  });

  it("finds the same by every filter as the search on the page", async () => {
    const filters = [
      { patientSearch: "nguyen" },
      { actorSearch: "radiologist" },
      { subjectId: own.case.id },
      { patientId: own.case.patientId },
      { after: server.clock.now().toISOString() },
      { before: "2020-01-01T00:00:00Z" },
      { patientSearch: "nobody at all" },
      {},
    ];
    for (const filter of filters) {
      const { eventsPath } = await ask(auditor, filter);
      const [, ...lines] = await download(auditor, eventsPath);
      const exported = lines.filter((line) => line !== "").map(seqOf);
      const asked = { filter, first: 200 };
      const found = (await auditor.execute(SEARCH, asked)).data(search);
      const shown = found.auditEvents.edges.map(({ node }) => node);
      // What was exported and searched meanwhile is itself in the trail.
      const through = Math.max(0, ...exported.map(Number));
      const earlier = shown.filter(({ seq }) => Number(seq) <= through);
      expect(exported, JSON.stringify(filter)).toEqual(
        earlier.map(({ seq }) => seq),
      );
    }
  });

  it("reads as sentences that name people and patients as they were called then", async () => {
    const { study, case: row } = await aCase(server, here)
      .named("TRẦN, Bình", "TB-1")
      .create();
    const reader = await asRadiologist(server, here);
    await reader.execute(OPEN, { id: row.id });
    const staff = await asStaff(server, here);
    const input = {
      studyId: study.id,
      patientName: "TRẦN, Bình An",
      reason: "Card",
    };
    (
      await staff.execute(
        `mutation ($input: StudyDetailsInput!) {
          updateStudyDetails(input: $input) { id } }`,
        { input },
      )
    ).anyData();
    await staff.execute(OPEN, { id: row.id });
    const filter = { patientId: study.patientId };
    const { eventsPath } = await ask(auditor, filter);
    const response = await auditor.fetch(eventsPath);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3).toString("hex")).toBe("efbbbf");
    const table = bytes.subarray(3).toString();
    const opened = table.split("\r\n").filter((l) => l.includes("case.opened"));
    // Newest first.
    expect(opened).toHaveLength(2);
    expect(opened[0]).toContain(",TRẦN Bình An,TB-1,");
    expect(opened[0]).toContain("opened the case of TRẦN Bình An");
    expect(opened[1]).toContain('"TRẦN, Bình",TB-1,');
    expect(opened[1]).toMatch(/opened the case of TRẦN, Bình"/);
    // The page says the same as the table.
    const asked = { filter: { ...filter, types: ["case.opened"] }, first: 5 };
    const shown = await auditor.execute(
      `query ($filter: AuditFilter, $first: Int!) {
        auditEvents(filter: $filter, first: $first) { edges { node { patientName } } } }`,
      asked,
    );
    expect(JSON.stringify(shown.anyData())).toContain(
      '[{"node":{"patientName":"TRẦN Bình An"}},{"node":{"patientName":"TRẦN, Bình"}}]',
    );
    // In the language of who takes it.
    await server.database.client.user.update({
      where: { id: auditor.userId },
      data: { locale: "vi" },
    });
    const inVietnamese = await download(auditor, eventsPath);
    expect(inVietnamese.join("\n")).toContain("đã mở ca");
    expect(table).not.toContain("đã mở ca");
  });

  it("says nothing of the search in the address", async () => {
    const filter = { patientSearch: "nguyen", actorSearch: "radiologist" };
    const { eventsPath } = await ask(auditor, filter);
    const name = eventsPath.split("/").at(-1)?.replace(".csv", "") ?? "";
    const decoded = Buffer.from(name, "base64url").toString("latin1");
    for (const text of [eventsPath, decoded])
      expect(text).not.toMatch(/nguyen|radiologist|patientSearch/i);
    const [, first] = await download(auditor, eventsPath);
    expect(first).toContain(own.case.id);
  });

  it("opens an address for whoever asked for it, for a quarter of an hour", async () => {
    const filter = { patientSearch: "nguyen" };
    const { eventsPath } = await ask(auditor, filter);
    const { result, events } = await recordedBy(server, () =>
      everywhere.fetch(eventsPath),
    );
    expect(result.status).toBe(400);
    expect(events).toEqual([]);
    const changed = eventsPath.replace(/(?<=events\/)./, (first) =>
      first === "A" ? "B" : "A",
    );
    expect((await auditor.fetch(changed)).status).toBe(400);
    server.clock.forward(14 * 60);
    await download(auditor, eventsPath);
    server.clock.forward(2 * 60);
    expect((await auditor.fetch(eventsPath)).status).toBe(400);
    await download(auditor, (await ask(auditor, filter)).eventsPath);
  });

  it("gives the whole chain as a file that the verifier accepts", async () => {
    const { chainPath } = await ask(everywhere);
    const response = await everywhere.fetch(chainPath ?? "");
    expect(response.headers.get("content-type")).toContain("ndjson");
    expect(response.headers.get("content-disposition")).toMatch(
      /attachment; filename="?audit-chain-to-\d+\.jsonl"?$/,
    );
    const lines = (await response.text()).trimEnd().split("\n");
    const all = async function* () {
      yield* lines;
      await Promise.resolve();
    };
    const verified = await verifyLines(all());
    expect(verified).toMatchObject({ ok: true, count: lines.length - 1 });
  });

  it("goes on after the first thousand, whichever way they are found", async () => {
    const audit = new AuditLog(server.database.client, server.clock);
    const system = systemViewer("test", "test");
    const looks = Array.from({ length: 1_100 }, (_, n) => ({
      type: "image.viewed" as const,
      siteId: here,
      patientId: null,
      subject: { type: "image" as const, id: `image-${String(n)}` },
      details: { studyId: `study-${String(n)}` },
    }));
    await audit.recordLook(system, ...looks);
    for (const filter of [{ types: ["image.viewed"] }, {}]) {
      const { eventsPath } = await ask(auditor, filter);
      const lines = await download(auditor, eventsPath);
      const images = lines.filter((line) => line.includes(",image.viewed,"));
      expect(new Set(images.map(seqOf)).size).toBe(1_100);
      expect(images).toHaveLength(1_100);
    }
  });

  it("keeps the chain from whoever may see some of the sites only", async () => {
    expect((await ask(auditor)).chainPath).toBeNull();
    const { result, events } = await recordedBy(server, () =>
      auditor.fetch("/audit/chain"),
    );
    expect(result.status).toBe(403);
    expect(events).toMatchObject([{ type: "access.refused" }]);
  });

  it("is in the trail itself, with what was taken", async () => {
    const filter = { types: ["case.opened"] };
    const { eventsPath } = await ask(everywhere, filter);
    const { events } = await recordedBy(server, async () => {
      await download(everywhere, eventsPath);
      await (await everywhere.fetch("/audit/chain")).text();
    });
    expect(events).toMatchObject([
      { type: "audit.exported", siteId: here, details: { filter } },
      { type: "audit.exported", siteId: there, details: { filter } },
      { type: "audit.exported", siteId: null, details: { what: "chain" } },
    ]);
    for (const event of events) expect(event.actorId).toBe(everywhere.userId);
  });

  it("refuses other roles, and addresses that were not given out", async () => {
    const staff = await asStaff(server, here);
    (await staff.execute(PATHS)).refusedWith("FORBIDDEN");
    const packed = (filter: unknown): string =>
      Buffer.from(JSON.stringify(filter)).toString("base64url");
    const wrong = ["x.csv", "e30", "e30.txt", ".csv"].concat(
      [{}, { types: ["case.opened"] }, { patientSearch: "nguyen" }].map(
        (filter) => `${packed(filter)}.csv`,
      ),
    );
    for (const name of wrong) {
      const { status } = await auditor.fetch(`/audit/events/${name}`);
      expect(status, name).toBe(400);
    }
    (await auditor.execute(PATHS, { filter: { types: ["x"] } })).refusedWith(
      "BAD_USER_INPUT",
    );
  });
});

const SEARCH = `query ($filter: AuditFilter, $first: Int!) {
  auditEvents(filter: $filter, first: $first) { edges { node { seq } } }
}`;
const search = z.object({
  auditEvents: z.object({
    edges: z.array(z.object({ node: z.object({ seq: z.string() }) })),
  }),
});

function seqOf(line: string): string {
  return line.slice(0, line.indexOf(","));
}
