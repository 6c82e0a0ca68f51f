import type { ModelVersion } from "@lung-iris/prisma";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recalibratedFolder, registerBeside } from "../../testkit/models.ts";
import { aCase, type Scenario } from "../../testkit/scenario.ts";
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
let folder: string;
let shadow: ModelVersion;
/** Signed, and nobody reads it further. */
let closed: Scenario;

beforeAll(async () => {
  folder = await recalibratedFolder();
  server = await startTestServer();
  siteId = (await aSite(server)).id;
  admin = await asAdmin(server, siteId);
  [, shadow] = await registerBeside(server, folder);
  const start = await admin.execute(
    `mutation ($input: StartShadowInput!) { startShadow(input: $input) { id } }`,
    {
      input: {
        modelVersionId: shadow.id,
        siteId,
        films: 100,
        reason: "to see",
      },
    },
  );
  start.anyData();
  const signed = { state: "SIGNED", signedAt: server.clock.now() } as const;
  closed = await differing(aCase(server, siteId).with(signed));
  await differing(aCase(server, siteId));
  await differing(
    aCase(server, siteId).with({
      ...signed,
      secondRead: "SECOND_DUE",
      secondReadDueAt: server.clock.now(),
    }),
  );
  // A control case that is still to be read is not even counted.
  await differing(aCase(server, siteId).with({ isControl: true }));
  const alike = await aCase(server, siteId).assessed(0.8).with(signed).create();
  await answered(alike, 0.95);
});
afterAll(async () => {
  await server.stop();
  await rm(dirname(folder), { recursive: true });
});

/** The live model says 0.2, the shadow 0.6; the thresholds are 0.5. */
async function differing(builder: ReturnType<typeof aCase>): Promise<Scenario> {
  const made = await builder.assessed(0.2).create();
  await answered(made, 0.6);
  return made;
}

async function answered({ image }: Scenario, probability: number) {
  const { client } = server.database;
  const { id } = await client.prediction.create({
    data: {
      imageId: image.id,
      modelVersionId: shadow.id,
      role: "SHADOW",
      gateStatus: "ASSESSED",
      engine: "wasm",
      milliseconds: 12,
    },
  });
  await client.predictionFinding.create({
    data: {
      predictionId: id,
      code: "pneumonia",
      score: 0,
      probability,
      low: probability,
      high: probability,
      ownThreshold: 0.5,
      ageGroup: "adult",
      groupFrom: "default",
    },
  });
}

const compare = (by: SignedIn) =>
  by.execute(
    `query ($siteId: ID!, $id: ID!) { shadowComparison(siteId: $siteId, modelVersionId: $id) {
      films bothPositive onlyLive onlyShadow bothNegative filmsADay
      more { value low high } placements { urgency live shadow } } }`,
    { siteId, id: shadow.id },
  );
const discordant = (by: SignedIn) =>
  by.execute(
    `query ($siteId: ID!, $id: ID!) { discordantCases(siteId: $siteId, modelVersionId: $id) {
      edges { node { case { id } livePositive liveProbability shadowProbability } } } }`,
    { siteId, id: shadow.id },
  );

describe("a shadow beside the live model", () => {
  it("says for admins what would change, with an interval and by class", async () => {
    server.clock.forward(2 * 24 * 60 * 60);
    const fresh = await asAdmin(server, siteId);
    expect((await compare(fresh)).anyData()).toMatchObject({
      shadowComparison: {
        films: 4,
        bothPositive: 1,
        onlyLive: 0,
        onlyShadow: 3,
        bothNegative: 0,
        filmsADay: 2,
        more: { value: 0.75 },
        placements: [
          { urgency: "URGENT", live: 0, shadow: 1 },
          { urgency: "SOON", live: 1, shadow: 3 },
          { urgency: "ROUTINE", live: 3, shadow: 0 },
        ],
      },
    });
  });

  it("lists no case that anybody is still to read, and no answer to who did not see it", async () => {
    const listed = (said: object) => ({
      discordantCases: {
        edges: [{ node: { case: { id: closed.case.id }, ...said } }],
      },
    });
    const fresh = await asAdmin(server, siteId);
    expect((await discordant(fresh)).anyData()).toEqual(
      listed({
        livePositive: false,
        liveProbability: 0.2,
        shadowProbability: 0.6,
      }),
    );
    const reader = await asRadiologist(server, siteId);
    expect((await discordant(reader)).anyData()).toEqual(
      listed({
        livePositive: null,
        liveProbability: null,
        shadowProbability: null,
      }),
    );
  });

  it("counts for nobody but admins of the site", async () => {
    (await compare(await asRadiologist(server, siteId))).refusedWith(
      "FORBIDDEN",
    );
    const elsewhere = (await aSite(server)).id;
    (await compare(await asAdmin(server, elsewhere))).refusedWith("NOT_FOUND");
    (await discordant(await asRadiologist(server, elsewhere))).refusedWith(
      "NOT_FOUND",
    );
  });
});
