import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectionConfig } from "@lung-iris/prisma";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "@lung-iris/local-postgres";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const MIGRATIONS = join(import.meta.dirname, "../../prisma/migrations");
const ROWS = "20261128073000_predictions_by_role";

/** A database as the last release left it, brought over one migration. */
describe("the migration from JSON columns to rows", () => {
  let dataDir: string;
  let server: EmbeddedPostgres;
  let client: pg.Client;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "lung-iris-rows-"));
    server = await startEmbeddedPostgres({ dataDir });
    // The product's own database is made by its migrations' runner.
    const url = new URL(server.url);
    url.pathname = "/postgres";
    client = new pg.Client(connectionConfig(url.href));
    await client.connect();
    const names = (await readdir(MIGRATIONS)).sort();
    for (const name of names.filter((each) => /^\d/.test(each) && each < ROWS))
      await apply(name);
    await client.query(FILLED);
    await apply(ROWS);
  }, 300_000);

  afterAll(async () => {
    await client.end();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function apply(name: string): Promise<void> {
    const file = join(MIGRATIONS, name, "migration.sql");
    await client.query(await readFile(file, "utf8"));
  }
  const read = async (sql: string): Promise<unknown[]> =>
    (await client.query<Record<string, unknown>>(sql)).rows;

  it("keeps every number of every finding", async () => {
    expect(
      await read(`SELECT "predictionId", "code", "score", "probability",
        "low", "high", "ownThreshold", "ageGroup", "groupFrom", "boxes"
        FROM "PredictionFinding"`),
    ).toEqual([
      {
        predictionId: ID.assessed,
        code: "pneumonia",
        score: null,
        probability: 0.8123,
        low: 0.71,
        high: 0.89,
        ownThreshold: 0.6156,
        ageGroup: "child",
        groupFrom: "default",
        boxes: [
          { x: 1.5, y: 2, width: 3, height: 4, score: 0.9 },
          { x: 5, y: 6, width: 7, height: 8, score: 0.4 },
        ],
      },
    ]);
  });

  it("keeps every cell of the map, and where it lies", async () => {
    expect(
      await read(`SELECT "predictionId", "code", "columns", "rows", "values",
        "x", "y", "width", "height" FROM "PredictionMap"`),
    ).toEqual([
      {
        predictionId: ID.assessed,
        code: "pneumonia",
        columns: 3,
        rows: 2,
        values: [0, 0.123, 1, 0.5, 0.001, 0.999],
        x: 10,
        y: 20,
        width: 300.25,
        height: 200,
      },
    ]);
  });

  it("keeps refused predictions, all of them made by the live model", async () => {
    expect(
      await read(`SELECT "id", "role", "gateStatus", "gateReason", "revision"
        FROM "Prediction" ORDER BY "id"`),
    ).toEqual([
      {
        id: ID.assessed,
        role: "LIVE",
        gateStatus: "ASSESSED",
        gateReason: null,
        revision: 1,
      },
      {
        id: ID.refused,
        role: "LIVE",
        gateStatus: "NOT_ASSESSED",
        gateReason: "lateral",
        revision: 1,
      },
    ]);
  });

  it("turns the flag into roles with their times", async () => {
    expect(
      await read(`SELECT "modelVersionId", "role", "since", "until"
        FROM "ModelRole" ORDER BY "since"`),
    ).toEqual([
      {
        modelVersionId: ID.old,
        role: "LIVE",
        since: new Date("2026-01-01T00:00:00Z"),
        until: new Date("2026-05-01T00:00:00Z"),
      },
      {
        modelVersionId: ID.live,
        role: "LIVE",
        since: new Date("2026-05-01T00:00:00Z"),
        until: null,
      },
    ]);
  });

  it("tells models by what decides their answers, not by their figures", async () => {
    expect(
      await read(`SELECT
        model_fingerprint('{"a": 1.50, "metrics": 1, "b": 2}')
          = model_fingerprint('{"b": 2, "data": [], "a": 1.50}') AS "same",
        model_fingerprint('{"a": 1.5}') = model_fingerprint('{"a": 1.6}')
          AS "other", (SELECT count(DISTINCT "fingerprint")::int
            FROM "ModelVersion") AS "models"`),
    ).toEqual([{ same: true, other: false, models: 2 }]);
  });
});

const ID = {
  site: "00000000-0000-7000-8000-000000000001",
  patient: "00000000-0000-7000-8000-000000000002",
  study: "00000000-0000-7000-8000-000000000003",
  image: "00000000-0000-7000-8000-000000000004",
  old: "00000000-0000-7000-8000-000000000005",
  live: "00000000-0000-7000-8000-000000000006",
  assessed: "00000000-0000-7000-8000-000000000007",
  refused: "00000000-0000-7000-8000-000000000008",
};

const FINDINGS = JSON.stringify([
  {
    code: "pneumonia",
    concept: { system: "SNOMED CT", code: "233604007", display: "Pneumonia" },
    probability: 0.8123,
    interval: { low: 0.71, high: 0.89 },
    threshold: 0.6156,
    positive: true,
    group: { name: "child", from: "default" },
  },
]);
const CAM = JSON.stringify([
  {
    finding: "pneumonia",
    width: 3,
    height: 2,
    values: [0, 0.123, 1, 0.5, 0.001, 0.999],
    rect: { x: 10, y: 20, width: 300.25, height: 200 },
  },
]);
const BOXES = JSON.stringify([
  { finding: "pneumonia", x: 1.5, y: 2, width: 3, height: 4, score: 0.9 },
  { finding: "pneumonia", x: 5, y: 6, width: 7, height: 8, score: 0.4 },
]);

const FILLED = `
  INSERT INTO "Site" ("id", "code", "name") VALUES ('${ID.site}', 'S', 'Site');
  INSERT INTO "Patient" ("id", "siteId", "mrn", "name", "updatedAt")
    VALUES ('${ID.patient}', '${ID.site}', 'M', 'N', now());
  INSERT INTO "Study" ("id", "siteId", "patientId", "studyInstanceUid",
      "studiedAt")
    VALUES ('${ID.study}', '${ID.site}', '${ID.patient}', '2.25.1', now());
  INSERT INTO "Image" ("id", "siteId", "studyId", "sha256", "format", "bytes",
      "width", "height", "bitsStored", "windowCenter", "windowWidth",
      "originalName")
    VALUES ('${ID.image}', '${ID.site}', '${ID.study}', 'x', 'PNG', 1, 1, 1, 8,
      1, 1, 'f');
  INSERT INTO "ModelVersion" ("id", "name", "sha256", "manifest", "isLive",
      "liveSince")
    VALUES ('${ID.old}', 'old', 'a', '{"id": "old"}', false, '2026-01-01T00:00:00Z'),
      ('${ID.live}', 'live', 'b', '{"id": "live"}', true, '2026-05-01T00:00:00Z');
  INSERT INTO "Prediction" ("id", "imageId", "modelVersionId", "gateStatus",
      "gateReason", "probability", "threshold", "findings", "cam", "boxes",
      "engine", "milliseconds")
    VALUES ('${ID.assessed}', '${ID.image}', '${ID.live}', 'ASSESSED', NULL,
        0.8123, 0.6156, '${FINDINGS}', '${CAM}', '${BOXES}', 'wasm', 1),
      ('${ID.refused}', '${ID.image}', '${ID.old}', 'NOT_ASSESSED', 'lateral',
        NULL, NULL, '[]', '[]', '[]', 'wasm', 1);`;
