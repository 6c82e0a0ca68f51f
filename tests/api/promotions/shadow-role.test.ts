import type { ModelVersion } from "@lung-iris/prisma";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { recalibratedFolder, registerBeside } from "../../testkit/models.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

let server: TestServer;
let siteId: string;
let admin: SignedIn;
let folder: string;
let live: ModelVersion;
let candidate: ModelVersion;

beforeAll(async () => {
  folder = await recalibratedFolder();
  server = await startTestServer();
  siteId = (await aSite(server)).id;
  admin = await asAdmin(server, siteId);
  [live, candidate] = await registerBeside(server, folder);
});
afterAll(async () => {
  await server.stop();
  await rm(dirname(folder), { recursive: true });
});

const start = (more: Record<string, unknown> = {}, by: SignedIn = admin) =>
  by.execute(
    `mutation ($input: StartShadowInput!) { startShadow(input: $input) { id } }`,
    {
      input: {
        modelVersionId: candidate.id,
        siteId,
        films: 10,
        reason: "to compare",
        ...more,
      },
    },
  );
const end = (by: SignedIn = admin) =>
  by.execute(
    `mutation ($input: EndShadowInput!) { endShadow(input: $input) { id } }`,
    {
      input: { modelVersionId: candidate.id, siteId, reason: "seen enough" },
    },
  );

describe("a shadow", () => {
  it("is not for readers and staff to start or end", async () => {
    for (const other of [
      await asRadiologist(server, siteId),
      await asStaff(server, siteId),
    ]) {
      (await start({}, other)).refusedWith("FORBIDDEN");
      (await end(other)).refusedWith("FORBIDDEN");
    }
  });

  it("needs a reason, an end, a model and one of the viewer's sites", async () => {
    (await start({ reason: " " })).refusedWith("BAD_USER_INPUT");
    (await start({ films: null })).refusedWith("BAD_USER_INPUT");
    (await start({ films: 0 })).refusedWith("BAD_USER_INPUT");
    (await start({ films: null, days: 91 })).refusedWith("BAD_USER_INPUT");
    (await start({ modelVersionId: siteId })).refusedWith("NOT_FOUND");
    const elsewhere = await aSite(server);
    (await start({ siteId: elsewhere.id })).refusedWith("NOT_FOUND");
  });

  it("starts once and ends once, on record with who and why", async () => {
    const { events } = await recordedBy(server, async () => {
      (await start()).anyData();
      (await start()).refusedWith("CONFLICT");
      (await end()).anyData();
    });
    expect(events).toMatchObject([
      {
        type: "model.shadowed",
        actorId: admin.userId,
        subjectId: candidate.id,
        before: { role: null },
        after: { role: "SHADOW" },
        details: { reason: "to compare", filmLimit: 10 },
      },
      {
        type: "model.retired",
        before: { role: "SHADOW" },
        after: { role: null },
        details: { reason: "seen enough" },
      },
    ]);
  });

  it("is never the live model", async () => {
    (await start({ modelVersionId: live.id })).refusedWith("CONFLICT");
  });
});
