import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../testkit/audit-trail.ts";
import { aCase } from "../testkit/scenario.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import { aSite, asRadiologist } from "../testkit/viewers.ts";
import type { SignedIn } from "../testkit/viewers.ts";

const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`;
const OPEN = `query ($id: ID!) { case(id: $id) { id patient { name } } }`;

describe("a change and its event", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;

  beforeAll(async () => {
    // Addresses are told by a proxy that the settings name.
    server = await startTestServer({ config: { trustProxy: "loopback" } });
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
  });

  afterAll(() => server.stop());

  /** The table refuses every event while `act` runs. */
  async function withoutAudit<T>(act: () => Promise<T>): Promise<T> {
    const { client } = server.database;
    await client.$executeRaw`
      ALTER TABLE "AuditEvent" ADD CONSTRAINT no_events CHECK (false) NOT VALID`;
    try {
      return await act();
    } finally {
      await client.$executeRaw`ALTER TABLE "AuditEvent" DROP CONSTRAINT no_events`;
    }
  }

  it("commit together: when the event cannot be written, nothing changed", async () => {
    const { case: row } = await aCase(server, siteId).create();
    const answer = await withoutAudit(() =>
      reader.execute(CLAIM, { id: row.id }),
    );
    answer.refusedWith("INTERNAL");
    expect(
      await server.database.client.case.findUniqueOrThrow({
        where: { id: row.id },
      }),
    ).toEqual(row);
  });

  it("goes for looks as well: what cannot be recorded is not shown", async () => {
    const { case: row, patient } = await aCase(server, siteId).create();
    const answer = await withoutAudit(() =>
      reader.execute(OPEN, { id: row.id }),
    );
    const error = answer.refusedWith("INTERNAL");
    expect(JSON.stringify(error)).not.toContain(patient.name);
    expect(error.extensions["requestId"]).toMatch(/^[0-9a-f-]{36}$/);
    // Found in the log by its id, once, and without the patient.
    const id = String(error.extensions["requestId"]);
    const lines = server.logLines.filter((line) => line.includes(id));
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain(patient.name);
  });

  it("shows a look once a minute for one version of a case, and says from where", async () => {
    const { case: row } = await aCase(server, siteId).create();
    const open = () =>
      reader.execute(OPEN, { id: row.id }, { "x-forwarded-for": "10.1.2.3" });
    const { events } = await recordedBy(server, async () => {
      await open();
      await open();
    });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "case.opened",
      origin: { address: "10.1.2.3" },
    });
    server.clock.forward(61);
    expect((await recordedBy(server, open)).events).toHaveLength(1);
  });

  it("stay in one chain when many write at once", async () => {
    const cases = await Promise.all(
      Array.from({ length: 10 }, () => aCase(server, siteId).create()),
    );
    const { events } = await recordedBy(server, () =>
      Promise.all(
        cases.map(({ case: row }) => reader.execute(CLAIM, { id: row.id })),
      ),
    );
    expect(events.map(({ subjectId }) => subjectId).sort()).toEqual(
      cases.map(({ case: row }) => row.id).sort(),
    );
  });
});
