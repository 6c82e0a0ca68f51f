import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { defaultModelDir } from "@lung-iris/inference";
import type { ModelVersion } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderCalled, registerFolders } from "../../testkit/models.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { madeByRun } from "../../testkit/training.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  type SignedIn,
} from "../../testkit/viewers.ts";

const CARD = "# Model card: film\n\nMade by a run.\n";
const DATASET = "cd".repeat(32);

/** Which card a model has, and which run it names. */
let server: TestServer;
let siteId: string;
let admin: SignedIn;
let runId: string;
const folders: string[] = [];
let versions: ModelVersion[];

beforeAll(async () => {
  const moved = (by: number, more: { card?: string } = {}) =>
    // A word that the shipped card has many times over.
    folderCalled("film", (manifest) => {
      for (const { calibration } of manifest.findings)
        for (const group of Object.values(calibration)) group.intercept += by;
      Object.assign(manifest, more);
      manifest.training["recalibration"] = { dataset: DATASET };
    });
  folders.push(await moved(0.5), await moved(1, { card: CARD }));
  server = await startTestServer();
  siteId = (await aSite(server)).id;
  admin = await asAdmin(server, siteId);
  versions = await registerFolders(server, [defaultModelDir(), ...folders]);
  runId = await madeByRun(server, {
    siteId,
    admin,
    base: version(0),
    candidate: version(2),
  });
});
afterAll(async () => {
  await server.stop();
  for (const folder of folders) await rm(dirname(folder), { recursive: true });
});

function version(at: number): ModelVersion {
  const found = versions[at];
  if (found === undefined) throw new Error("a model was not registered");
  return found;
}

async function shown(by: SignedIn, at: number) {
  const answer = await by.execute(`{ modelVersions(first: 20) { edges { node {
    id cardMarkdown datasetSha256s madeBy { id datasetSha256 } } } } }`);
  const { edges } = answer.anyData()["modelVersions"] as {
    edges: { node: Record<string, unknown> }[];
  };
  return edges.find(({ node }) => node["id"] === version(at).id)?.node;
}

describe("the card of a model", () => {
  it("is the product's own for the very model that it is about", async () => {
    const node = await shown(admin, 0);
    expect(node?.["cardMarkdown"]).toContain("# Model card: lung-iris-3");
    expect(node).toMatchObject({ datasetSha256s: [], madeBy: null });
  });

  it("is never the product's for another that has a word of it as its name", async () => {
    expect((await shown(admin, 1))?.["cardMarkdown"]).toBeNull();
  });

  it("is the one in its folder where a run wrote one, beside run and dataset", async () => {
    const run = await server.database.client.trainingRun.findUniqueOrThrow({
      where: { id: runId },
    });
    expect(await shown(admin, 2)).toMatchObject({
      cardMarkdown: CARD,
      datasetSha256s: [DATASET],
      madeBy: { id: runId, datasetSha256: run.datasetSha256 },
    });
  });

  it("names no run to readers, and none of another site", async () => {
    const reader = await asRadiologist(server, siteId);
    expect(await shown(reader, 2)).toMatchObject({
      cardMarkdown: CARD,
      madeBy: null,
    });
    const elsewhere = await asAdmin(server, (await aSite(server)).id);
    expect(await shown(elsewhere, 2)).toMatchObject({ madeBy: null });
  });
});
