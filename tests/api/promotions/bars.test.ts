import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SHIPPED_BARS } from "../../../apps/api/src/features/bars/shipped-bars.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  type SignedIn,
} from "../../testkit/viewers.ts";

let server: TestServer;
let siteId: string;
let admin: SignedIn;

beforeAll(async () => {
  server = await startTestServer();
  siteId = (await aSite(server)).id;
  admin = await asAdmin(server, siteId);
});
afterAll(() => server.stop());

const SAVE = `mutation ($input: SaveBarsInput!) { saveBars(input: $input) { version } }`;
const other = {
  ...SHIPPED_BARS,
  phantoms: { ...SHIPPED_BARS.phantoms, films: 120 },
};
const save = (by: SignedIn, more: Record<string, unknown> = {}) =>
  by.execute(SAVE, {
    input: {
      siteId,
      document: other,
      baseVersion: 1,
      reason: "more films",
      ...more,
    },
  });

describe("the bars of a site", () => {
  it("are the shipped ones from its first day, in database and code alike", async () => {
    const rows = await server.database.client.barsVersion.findMany({
      where: { siteId },
    });
    expect(rows).toMatchObject([{ version: 1, document: SHIPPED_BARS }]);
  });

  it("are refused without a reason, a permission or the newest version", async () => {
    (await save(admin, { reason: " " })).refusedWith("BAD_USER_INPUT");
    (await save(admin, { baseVersion: 7 })).refusedWith("BARS_CHANGED");
    (await save(admin, { document: SHIPPED_BARS })).refusedWith(
      "BAD_USER_INPUT",
    );
    const reader = await asRadiologist(server, siteId);
    (await save(reader)).refusedWith("FORBIDDEN");
    const elsewhere = await asAdmin(server, (await aSite(server)).id);
    (await save(elsewhere)).refusedWith("NOT_FOUND");
  });

  it("never lose the reference films", async () => {
    const document = {
      ...other,
      bars: other.bars.filter(({ set }) => set === "EVERGREEN"),
    };
    (await save(admin, { document })).refusedWith("BAD_USER_INPUT");
  });

  it("become a next version, on record with before and after", async () => {
    const { events } = await recordedBy(server, async () => {
      (await save(admin)).anyData();
    });
    expect(events).toMatchObject([
      {
        type: "bars.declared",
        actorId: admin.userId,
        before: { version: 1 },
        after: { version: 2, document: other },
        details: { reason: "more films" },
      },
    ]);
  });

  it("are changed and deleted by nobody", async () => {
    const { client } = server.database;
    await expect(
      client.barsVersion.updateMany({ data: { reason: "another" } }),
    ).rejects.toThrow(/append-only/);
    await expect(client.barsVersion.deleteMany()).rejects.toThrow(
      /append-only/,
    );
  });
});
