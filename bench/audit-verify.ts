import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import {
  chainLines,
  readChainHead,
  verifyDatabase,
  verifyLines,
} from "../apps/api/src/audit/verify-chain.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";
import { fillTable, withBenchDatabase } from "./bench-database.ts";

const EVENTS = 300_000;
const BUDGET = 50_000;

/** Events a second when the chain is verified, in the database and in a file. */
export const auditVerifyBenchmark: Benchmark = {
  name: "audit-verify",
  description: "verifying a chain of 300,000 events",
  run: (note) =>
    withBenchDatabase(async ({ database, seed }) => {
      note(`  seeding ${EVENTS.toLocaleString("en")} events`);
      await fillTable(seed, "AuditEvent", () => seedChain(seed));
      const { client } = database;
      const folder = await mkdtemp(join(tmpdir(), "lung-iris-chain-"));
      try {
        const file = join(folder, "chain.jsonl");
        const head = await readChainHead(client);
        await pipeline(chainLines(client, head), createWriteStream(file));
        const read = () =>
          createInterface({
            input: createReadStream(file, { highWaterMark: 1024 * 1024 }),
          });
        return [
          await measure("in the database", () => verifyDatabase(client)),
          await measure("in an exported file", () => verifyLines(read())),
        ];
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    }),
};

async function measure(
  what: string,
  verify: () => Promise<{ ok: boolean; count: number }>,
): Promise<Measurement> {
  const start = performance.now();
  const { ok, count } = await verify();
  const value = count / ((performance.now() - start) / 1000);
  if (!ok || count !== EVENTS)
    throw new Error(`the chain should hold whole; ${String(count)} events did`);
  return {
    what,
    value,
    unit: "events/s",
    budget: `≥ ${BUDGET.toLocaleString("en")}`,
    met: value >= BUDGET,
  };
}

/** A chain as the trigger makes it, of events as long as a claim's. */
async function seedChain(seed: pg.Client): Promise<void> {
  await seed.query(`
    DO $$
    DECLARE
      previous text := repeat('0', 64);
      body text;
      digest text;
      moment timestamptz;
    BEGIN
      FOR n IN 1..${String(EVENTS)} LOOP
        moment := '2025-01-01T00:00:00Z'::timestamptz + n * interval '1 second';
        body := '{"actor":{"id":"user-7","name":"Dr Somebody","role":"RADIOLOGIST"},"after":{"claimExpiresAt":"2025-01-01T00:15:00.000Z","claimedById":"00000000-0000-7000-9000-000000000007","state":"READING","version":2},"at":"'
          || to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
          || '","before":{"claimExpiresAt":null,"claimedById":null,"state":"WAITING","version":1},"details":{},"origin":{"address":"10.0.0.7","requestId":"0b9f7a4e-7f7e-4a37-9d6d-0a6a3b7a1c55","userAgent":"Mozilla/5.0 (X11; Linux x86_64)"},"patientId":null,"siteId":null,"subject":{"id":"case-'
          || n || '","type":"case"},"type":"case.claimed","version":1}';
        digest := encode(sha256(convert_to(
          previous || E'\\n' || n || E'\\n' || body, 'UTF8')), 'hex');
        INSERT INTO "AuditEvent" VALUES (n, moment, 'case.claimed', 'user-7',
          'Dr Somebody', 'RADIOLOGIST', NULL, 'case', 'case-' || n, NULL, body,
          previous, digest);
        previous := digest;
      END LOOP;
      UPDATE "AuditHead" SET "seq" = ${String(EVENTS)}, "hash" = previous;
    END $$`);
}
