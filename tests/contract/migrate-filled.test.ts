/**
 * The database of the release before, as its own test kit filled it
 * (testkit/dumps/release-0.1.json: every state that a case, claim, reveal and
 * review could be in), brought to the newest version: nothing may be lost.
 */
import { createHash, randomUUID } from "node:crypto";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from "@lung-iris/local-postgres";
import { type Database, createDatabase } from "@lung-iris/prisma";
import { migrateDeploy } from "@lung-iris/prisma/migrate";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { expectWholeChain } from "../testkit/chain.ts";

const LAST_OF_RELEASE = "20261123010800_prediction_basis";
const migrations = fileURLToPath(
  new URL("../../prisma/migrations", import.meta.url),
);
const dumpFile = new URL("../testkit/dumps/release-0.1.json", import.meta.url);
const dumpSchema = z.record(
  z.string(),
  z.array(z.record(z.string(), z.unknown())),
);
type Dump = z.infer<typeof dumpSchema>;

/** The server comes with no database of that name; a migration makes it. */
async function makeDatabase(url: string): Promise<void> {
  const admin = new URL(url);
  const name = decodeURIComponent(admin.pathname.slice(1));
  admin.pathname = "/postgres";
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
  await client.end();
}

/** Brings an empty database to the release before, as its migrate did. */
async function applyRelease(client: pg.Client): Promise<void> {
  await client.query(`CREATE TABLE "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY, "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ, "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`);
  const names = (await readdir(migrations)).filter(
    (name) => /^\d/.test(name) && name <= LAST_OF_RELEASE,
  );
  for (const name of names.sort()) {
    const sql = await readFile(join(migrations, name, "migration.sql"), "utf8");
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" VALUES ($1, $2, now(), $3, NULL, NULL, now(), 1)`,
      [randomUUID(), createHash("sha256").update(sql).digest("hex"), name],
    );
  }
}

/** Loads the dump as it was, triggers and foreign keys aside. */
async function load(client: pg.Client, dump: Dump): Promise<void> {
  await client.query("SET session_replication_role = replica");
  await client.query('TRUNCATE "AuditHead"');
  for (const [table, rows] of Object.entries(dump)) {
    await client.query(
      `INSERT INTO "${table}" SELECT * FROM json_populate_recordset(NULL::"${table}", $1)`,
      [JSON.stringify(rows)],
    );
  }
  await client.query("SET session_replication_role = DEFAULT");
}

describe("a filled database of the release before", () => {
  let folder: string;
  let server: EmbeddedPostgres;
  let database: Database;
  let dump: Dump;

  const rowsOf = (table: string) => dump[table] ?? [];

  beforeAll(async () => {
    dump = dumpSchema.parse(JSON.parse(await readFile(dumpFile, "utf8")));
    folder = await mkdtemp(join(tmpdir(), "lung-iris-release-"));
    server = await startEmbeddedPostgres({ dataDir: folder });
    await makeDatabase(server.url);
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await applyRelease(client);
    await load(client, dump);
    await client.end();
    await migrateDeploy(server.url);
    database = createDatabase(server.url);
  }, 300_000);

  afterAll(async () => {
    await database.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("keeps every patient, study, film, case and prediction", async () => {
    const { client } = database;
    const now = {
      Patient: await client.patient.count(),
      Study: await client.study.count(),
      Image: await client.image.count(),
      Case: await client.case.count(),
      Prediction: await client.prediction.count(),
      User: await client.user.count(),
    };
    for (const [table, count] of Object.entries(now))
      expect(count, table).toBe(rowsOf(table).length);
  });

  it("keeps what was signed, under the same ids, with label and reader", async () => {
    const versions = await database.client.readingVersion.findMany();
    const facts = (row: Record<string, unknown>) => ({
      id: row["id"],
      caseId: row["caseId"],
      readerId: row["readerId"],
      label: row["label"],
      decision: row["decision"],
      overrideReason: row["overrideReason"],
      comment: row["comment"],
      marks: row["marks"],
      amendReason: row["amendReason"],
      predictionId: row["predictionId"],
    });
    const sorted = (rows: Record<string, unknown>[]) =>
      rows.map(facts).sort((a, b) => String(a.id).localeCompare(String(b.id)));
    expect(sorted(versions)).toEqual(sorted(rowsOf("Review")));
  });

  it("keeps every reveal and the opinion before it", async () => {
    const readings = await database.client.reading.findMany();
    for (const reveal of rowsOf("CaseReveal"))
      expect(readings).toContainEqual(
        expect.objectContaining({
          caseId: reveal["caseId"],
          readerId: reveal["readerId"],
          opinion: reveal["blindLabel"],
          revealedAt: new Date(String(reveal["revealedAt"])),
        }),
      );
  });

  it("keeps who is reading, and the label that each case was signed with", async () => {
    const cases = await database.client.case.findMany({
      include: { readings: { include: { versions: true } } },
    });
    for (const before of rowsOf("Case")) {
      const row = cases.find(({ id }) => id === before["id"]);
      expect(row).toMatchObject({
        state: before["state"],
        claimedById: before["claimedById"],
        decidedLabel: before["decidedLabel"],
        version: before["version"],
      });
      const open = row?.readings.filter(({ state }) => state === "OPEN") ?? [];
      expect(open.map(({ readerId }) => readerId)).toEqual(
        before["state"] === "READING" ? [before["claimedById"]] : [],
      );
      if (before["state"] !== "SIGNED") continue;
      const newest = (row?.readings ?? [])
        .flatMap(({ versions }) => versions)
        // Ids of version 7 tell apart what one clock's tick signed.
        .sort(
          (a, b) =>
            b.signedAt.getTime() - a.signedAt.getTime() ||
            b.id.localeCompare(a.id),
        )
        .at(0);
      expect(newest?.label).toBe(before["decidedLabel"]);
    }
  });

  it("gives every signed case the label that it was signed with", async () => {
    const { client } = database;
    const labels = await client.caseLabel.findMany({ where: { until: null } });
    const signed = rowsOf("Case").filter((row) => row["state"] === "SIGNED");
    expect(signed.length).toBeGreaterThan(0);
    expect(labels).toHaveLength(signed.length);
    for (const before of signed) {
      const label = labels.find(({ caseId }) => caseId === before["id"]);
      expect(label?.label).toBe(before["decidedLabel"]);
      expect(label?.present.includes("pneumonia")).toBe(
        before["decidedLabel"] === "PNEUMONIA",
      );
    }
    const version = await client.readingVersion.findFirstOrThrow({
      where: { id: labels[0]?.readingVersionId ?? "" },
      include: { reading: true },
    });
    const isBlind =
      version.reading.opinionIsBlind === true &&
      version.reading.opinion === version.label;
    expect(labels[0]?.grade).toBe(isBlind ? "ONE_BLIND" : "ONE_AFTER_AI");
  });

  it("keeps the trail whole", async () => {
    expect(await database.client.auditEvent.count()).toBe(
      rowsOf("AuditEvent").length,
    );
    await expectWholeChain(database.client);
  });
});
