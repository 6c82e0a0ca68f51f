import { defaultModelDir } from "@lung-iris/inference";
import type { ModelVersion } from "@lung-iris/prisma";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { recalibratedFolder, registerFolders } from "../../testkit/models.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

let server: TestServer;
let admin: SignedIn;
let siteId: string;
let folder: string;
let first: ModelVersion;
let second: ModelVersion;

beforeAll(async () => {
  folder = await recalibratedFolder();
  server = await startTestServer();
  siteId = (await aSite(server)).id;
  admin = await asAdmin(server, siteId);
  const [a, b] = await registerFolders(server, [defaultModelDir(), folder]);
  if (!a || !b) throw new Error("two models were not registered");
  [first, second] = [a, b];
});
afterAll(async () => {
  await server.stop();
  await rm(dirname(folder), { recursive: true });
});

const command = (name: string) => `mutation ($input: ModelRoleInput!) {
  ${name}(input: $input) { id isLive roles { role until byName } }
}`;
const send = (
  name: string,
  model: ModelVersion,
  more: { reason?: string; siteId?: string } = {},
  by: SignedIn = admin,
) =>
  by.execute(command(name), {
    input: { modelVersionId: model.id, reason: "measured better", ...more },
  });
const jobsOf = (imageId: string) =>
  server.database.client.$queryRaw<{ key: string }[]>`
    SELECT key FROM graphile_worker._private_jobs
    WHERE key LIKE ${`assess-image:${imageId}:%`}`;

describe("a model's role", () => {
  it.each(["promoteModel", "shadowModel", "retireModel"])(
    "is not for readers and staff to change (%s)",
    async (name) => {
      const readers = [
        await asRadiologist(server, siteId),
        await asStaff(server, siteId),
      ];
      for (const reader of readers)
        (await send(name, second, {}, reader)).refusedWith("FORBIDDEN");
    },
  );

  it("needs a reason, a model and one of the viewer's sites", async () => {
    (await send("shadowModel", second, { reason: " " })).refusedWith(
      "BAD_USER_INPUT",
    );
    const ghost = { ...second, id: siteId };
    (await send("shadowModel", ghost)).refusedWith("NOT_FOUND");
    const elsewhere = await aSite(server);
    (await send("shadowModel", second, { siteId: elsewhere.id })).refusedWith(
      "NOT_FOUND",
    );
  });

  it("becomes a shadow's and ends again, on record with who and why", async () => {
    const { events } = await recordedBy(server, async () => {
      (await send("shadowModel", second)).anyData();
      (await send("shadowModel", second)).refusedWith("CONFLICT");
      (await send("retireModel", second)).anyData();
    });
    expect(events).toMatchObject([
      {
        type: "model.shadowed",
        actorId: admin.userId,
        subjectId: second.id,
        before: { role: null },
        after: { role: "SHADOW" },
        details: { reason: "measured better", name: "recalibrated" },
      },
      {
        type: "model.retired",
        before: { role: "SHADOW" },
        after: { role: null },
      },
    ]);
  });

  it("of the live one ends only by the next", async () => {
    (await send("retireModel", first)).refusedWith("CONFLICT");
    (await send("promoteModel", first)).refusedWith("CONFLICT");
  });

  it("goes live in place of the other, which is asked about open cases only", async () => {
    const open = await aCase(server, siteId).create();
    const signed = await aCase(server, siteId)
      .with({ state: "SIGNED", decidedLabel: "NORMAL" })
      .create();
    const { events } = await recordedBy(server, async () => {
      (await send("promoteModel", second)).anyData();
    });
    expect(events).toMatchObject([
      {
        type: "model.retired",
        subjectId: first.id,
        before: { role: "LIVE" },
        after: { role: null },
      },
      {
        type: "model.promoted",
        subjectId: second.id,
        after: { role: "LIVE" },
        details: { filmsAskedAgain: 1 },
      },
    ]);
    expect(await jobsOf(open.image.id)).toEqual([
      { key: `assess-image:${open.image.id}:${second.id}` },
    ]);
    expect(await jobsOf(signed.image.id)).toEqual([]);
  });

  it("is one site's own where it is given there", async () => {
    const elsewhere = await aSite(server);
    const here = await aCase(server, siteId).create();
    const there = await aCase(server, elsewhere.id).create();
    const { events } = await recordedBy(server, async () => {
      (await send("promoteModel", first, { siteId })).anyData();
    });
    expect(events).toMatchObject([{ type: "model.promoted", siteId }]);
    expect(await jobsOf(here.image.id)).toEqual([
      { key: `assess-image:${here.image.id}:${first.id}` },
    ]);
    expect(await jobsOf(there.image.id)).toEqual([]);
  });

  it("is live once, whoever promotes at the same time", async () => {
    await Promise.all([
      send("promoteModel", first),
      send("promoteModel", second),
      send("promoteModel", first),
    ]);
    const live = await server.database.client.modelRole.findMany({
      where: { siteId: null, role: "LIVE", until: null },
    });
    expect(live).toHaveLength(1);
  });
});
