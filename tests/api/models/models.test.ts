import { defaultModelDir } from "@lung-iris/inference";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import {
  readManifestFile,
  registerLiveModel,
} from "../../../apps/api/src/features/models/model-registry.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asAuditor, asRadiologist } from "../../testkit/viewers.ts";

let server: TestServer;
let siteId: string;

beforeAll(async () => {
  server = await startTestServer();
  siteId = (await aSite(server)).id;
});
afterAll(() => server.stop());

function register(manifest: unknown) {
  const { client } = server.database;
  const audit = new AuditLog(client, server.clock);
  return registerLiveModel({ client, audit, clock: server.clock }, manifest);
}

describe("the model registry", () => {
  it("knows nothing before the first worker has come", async () => {
    const viewer = await asRadiologist(server, siteId);
    const answer = await viewer.execute("{ liveModel { id } }");
    expect(answer.anyData()).toEqual({ liveModel: null });
  });

  it("makes one live version of workers that start together", async () => {
    const manifest = await readManifestFile(defaultModelDir());
    const { result, events } = await recordedBy(server, () =>
      Promise.all([1, 2, 3, 4].map(() => register(manifest))),
    );
    expect(new Set(result.map(({ id }) => id)).size).toBe(1);
    expect(events.map(({ type }) => type)).toEqual([
      "model.registered",
      "model.promoted",
    ]);
  });

  it("shows thresholds, figures and training data of the real manifest", async () => {
    const viewer = await asRadiologist(server, siteId);
    const answer = await viewer.execute(`{ liveModel {
      name sha256 isLive parameters weightsBytes inputSize predictionCount
      thresholds { finding group operatingPoint threshold }
      metrics { split name metric { value low high } }
      trainingData { name licence films }
    } }`);
    const { liveModel } = answer.data(
      z.object({
        liveModel: z.object({
          isLive: z.literal(true),
          sha256: z.string().length(64),
          // The product's own bars: at most 2 M parameters and 8 MB.
          parameters: z.number().max(2_000_000),
          weightsBytes: z.number().max(8_000_000),
          inputSize: z.number(),
          predictionCount: z.literal(0),
          thresholds: z.array(z.object({ threshold: z.number() })).min(1),
          metrics: z.array(
            z.object({
              metric: z.object({
                value: z.number(),
                low: z.number(),
                high: z.number(),
              }),
            }),
          ),
          trainingData: z.array(z.object({ films: z.number() })).min(1),
        }),
      }),
    );
    for (const { metric } of liveModel.metrics) {
      expect(metric.low).toBeLessThanOrEqual(metric.high);
    }
  });

  it("retires the version before when another goes live", async () => {
    // Ids order by time; within one millisecond they would order by chance.
    server.clock.forward(60);
    const manifest = z
      .looseObject({ weights: z.looseObject({}) })
      .parse(await readManifestFile(defaultModelDir()));
    const next = {
      ...manifest,
      id: "next",
      weights: { ...manifest.weights, sha256: "b".repeat(64) },
    };
    const { events } = await recordedBy(server, () => register(next));
    expect(events.map(({ type }) => type)).toEqual([
      "model.registered",
      "model.retired",
      "model.promoted",
    ]);
    const live = await server.database.client.modelVersion.findMany({
      where: { isLive: true },
    });
    expect(live.map(({ name }) => name)).toEqual(["next"]);
  });

  it("pages through the versions, newest first", async () => {
    const viewer = await asRadiologist(server, siteId);
    const page = z.object({
      modelVersions: z.object({
        edges: z.array(z.object({ node: z.object({ name: z.string() }) })),
        pageInfo: z.object({
          hasNextPage: z.boolean(),
          endCursor: z.string().nullable(),
        }),
      }),
    });
    const query = `query ($after: String) { modelVersions(first: 1, after: $after) {
      edges { node { name } } pageInfo { hasNextPage endCursor } } }`;
    const first = (await viewer.execute(query)).data(page).modelVersions;
    expect(first.edges[0]?.node.name).toBe("next");
    expect(first.pageInfo.hasNextPage).toBe(true);
    const { endCursor: after } = first.pageInfo;
    const second = (await viewer.execute(query, { after })).data(page);
    expect(second.modelVersions.pageInfo.hasNextPage).toBe(false);
  });

  it("is refused to an auditor", async () => {
    const auditor = await asAuditor(server, siteId);
    (await auditor.execute("{ liveModel { id } }")).refusedWith("FORBIDDEN");
  });
});
