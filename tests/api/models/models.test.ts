import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { defaultModelDir } from "@lung-iris/inference";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import {
  readManifestFile,
  registerModels,
} from "../../../apps/api/src/features/models/model-registry.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { recalibratedFolder, registerFolders } from "../../testkit/models.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asAuditor, asRadiologist } from "../../testkit/viewers.ts";

let server: TestServer;
let siteId: string;
let folder: string;

beforeAll(async () => {
  folder = await recalibratedFolder();
  server = await startTestServer();
  siteId = (await aSite(server)).id;
});
afterAll(async () => {
  await server.stop();
  await rm(dirname(folder), { recursive: true });
});

async function liveNames(): Promise<string[]> {
  const roles = await server.database.client.modelRole.findMany({
    where: { role: "LIVE", until: null },
    include: { modelVersion: true },
  });
  return roles.map(({ modelVersion }) => modelVersion.name);
}

describe("the model registry", () => {
  it("knows nothing before the first worker has come", async () => {
    const viewer = await asRadiologist(server, siteId);
    const answer = await viewer.execute("{ liveModel { id } }");
    expect(answer.anyData()).toEqual({ liveModel: null });
  });

  it("begins an empty desk with one model, on record, whoever starts together", async () => {
    const { result, events } = await recordedBy(server, () =>
      Promise.all([1, 2, 3, 4].map(() => registerFolders(server))),
    );
    expect(new Set(result.flat().map(({ id }) => id)).size).toBe(1);
    expect(events.map(({ type, actorId }) => [type, actorId])).toEqual([
      ["model.registered", "SYSTEM"],
      ["model.bootstrapped", "SYSTEM"],
    ]);
  });

  it("makes another folder known and promotes nothing", async () => {
    // Ids order by time; within one millisecond they would order by chance.
    server.clock.forward(60);
    const { result, events } = await recordedBy(server, async () => {
      const [first] = await registerFolders(server, [folder]);
      // Another worker, with both, the new one first.
      await registerFolders(server, [folder, defaultModelDir()]);
      return first;
    });
    expect(events.map(({ type }) => type)).toEqual(["model.registered"]);
    const live = await liveNames();
    expect(live).not.toContain(result?.name);
    expect(live).toHaveLength(1);
  });

  it("tells two calibrations of the same weights apart", async () => {
    const rows = await server.database.client.modelVersion.findMany();
    expect(new Set(rows.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(new Set(rows.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });

  it("refuses a model that speaks of what the catalogue does not have", async () => {
    const manifest = z
      .looseObject({ findings: z.array(z.looseObject({})) })
      .parse(await readManifestFile(defaultModelDir()));
    const [pneumonia] = manifest.findings;
    const odd = { ...manifest, findings: [{ ...pneumonia, code: "gout" }] };
    const audit = new AuditLog(server.database.client, server.clock);
    await expect(
      registerModels({ audit, clock: server.clock }, [odd]),
    ).rejects.toThrow(/"gout"/);
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
    expect(first.edges[0]?.node.name).toBe("recalibrated");
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

describe("how often a model answered", () => {
  it("is counted as answers are written, for the viewer's sites alone", async () => {
    const other = (await aSite(server)).id;
    for (const at of [siteId, siteId, other])
      await aCase(server, at).assessed(0.4).create();
    const { modelVersionId } =
      await server.database.client.prediction.findFirstOrThrow();
    const countFor = async (at: string) => {
      const viewer = await asRadiologist(server, at);
      const answer = await viewer.execute(
        "{ modelVersions(first: 50) { edges { node { id predictionCount } } } }",
      );
      const { modelVersions } = answer.data(
        z.object({
          modelVersions: z.object({
            edges: z.array(
              z.object({
                node: z.object({ id: z.string(), predictionCount: z.number() }),
              }),
            ),
          }),
        }),
      );
      return modelVersions.edges.find(({ node }) => node.id === modelVersionId)
        ?.node.predictionCount;
    };
    expect(await countFor(siteId)).toBe(2);
    expect(await countFor(other)).toBe(1);
  });

  it("cannot be changed by the application", async () => {
    await expect(
      server.appDatabase.client.predictionCount.updateMany({
        data: { predictions: 0 },
      }),
    ).rejects.toThrow(/permission denied/u);
  });
});
