import { execFileSync } from "node:child_process";
import { mkdtemp, open, rm, stat, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { expectOnePredictionEach, expectWholeChain } from "../testkit/chain.ts";
import { startDesk, watchHealth } from "../testkit/desk.ts";
import type { RunningDesk } from "../testkit/desk.ts";
import { chestPng, upload, uploadForm } from "../testkit/films.ts";
import { aCase } from "../testkit/scenario.ts";
import { aSite, asRadiologist, asStaff } from "../testkit/viewers.ts";
import type { SignedIn } from "../testkit/viewers.ts";
import { until } from "../testkit/worker.ts";

const DISK_MB = 700;
/** The disk stays full for so long; 600 is the bar of a bad day, as an own run. */
const FULL_SECONDS = Number(
  // eslint-disable-next-line no-restricted-properties -- who wants the long run says so from outside; a test has no config module
  process.env["LUNG_IRIS_FULL_DISK_SECONDS"] ?? "20",
);

/** A disk of its own, which only root may make; null where it cannot. */
async function makeDisk(): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), "lung-iris-small-disk-"));
  try {
    const size = `size=${String(DISK_MB)}m,mode=0755`;
    execFileSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", folder], {
      stdio: "ignore",
    });
    return folder;
  } catch {
    await rm(folder, { recursive: true });
    return null;
  }
}

const disk = await makeDisk();
let desk: RunningDesk | undefined;
afterAll(async () => {
  await desk?.stop();
  if (disk === null) return;
  execFileSync("umount", ["-l", disk]);
  await rm(disk, { recursive: true });
}, 120_000);

const MIB = 1024 * 1024;

/** Takes the space there is, but for so much. */
async function fill(file: string, leaveBytes = 0): Promise<void> {
  const handle = await open(file, "w");
  const block = Buffer.alloc(MIB);
  const left = async () => {
    const { bavail, bsize } = await statfs(file);
    return bavail * bsize;
  };
  try {
    while (leaveBytes === 0 || (await left()) > leaveBytes)
      await handle.write(block);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC"))
      throw error;
  } finally {
    await handle.close();
  }
}

const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { version } }`;
const SIGN = `mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }`;
const claimed = z.object({ claimCase: z.object({ version: z.number() }) });

/** Reads a case as people do: the list, the claim, the signature. */
async function readAndSign(reader: SignedIn, caseId: string): Promise<void> {
  (await reader.execute("{ worklist { totalCount } }")).anyData();
  const answer = await reader.execute(CLAIM, { id: caseId });
  const caseVersion = answer.data(claimed).claimCase.version;
  const input = {
    caseId,
    caseVersion,
    label: "NORMAL",
    decision: "INDEPENDENT",
  };
  (await reader.execute(SIGN, { input })).anyData();
}

/** The answer to a list: its code, null where it came, and how long it took. */
async function look(reader: SignedIn) {
  const askedAt = performance.now();
  const { code } = await reader.execute("{ worklist { totalCount } }");
  return { code, tookMs: Math.round(performance.now() - askedAt) };
}

describe("a full disk", () => {
  it.skipIf(disk === null)(
    "takes no films once only the database's share is left, and lets people read and sign",
    async () => {
      desk = await startDesk(join(disk ?? "", "data"));
      const site = (await aSite(desk)).id;
      const staff = await asStaff(desk, site);
      const reader = await asRadiologist(desk, site);
      const { case: waiting } = await aCase(desk, site).create();
      const filler = join(disk ?? "", "filler");
      // Less than what is kept for the database, more than it needs for this.
      await fill(filler, 96 * MIB);
      const health = watchHealth(desk.address);
      const body = uploadForm({}, [
        { name: "film.png", bytes: await chestPng(9) },
      ]);
      const refused = await staff.fetch("/upload", { method: "POST", body });
      expect(refused.status).toBe(507);
      expect(await refused.json()).toMatchObject({
        error: { code: "STORAGE_FULL" },
      });
      await readAndSign(reader, waiting.id);
      const { failed, asked } = await health();
      expect({ failed, wasAsked: asked > 0 }).toEqual({
        failed: 0,
        wasAsked: true,
      });
      await rm(filler);
      await desk.stop();
      desk = undefined;
      await rm(join(disk ?? "", "data"), { recursive: true });
    },
    900_000,
  );

  it.skipIf(disk === null)(
    "freezes nothing: uploads are refused, reading goes on where the database can, all is back without a hand (needs root, for a disk of its own)",
    async () => {
      desk = await startDesk(join(disk ?? "", "data"));
      const { client } = desk.database;
      const site = (await aSite(desk)).id;
      const staff = await asStaff(desk, site);
      const reader = await asRadiologist(desk, site);
      const send = async (seed: number) => {
        const bytes = await chestPng(seed);
        return upload(staff, [{ name: "film.png", bytes }]).catch(() => null);
      };
      expect((await send(1))?.results[0]?.outcome).toBe("accepted");
      const filler = join(disk ?? "", "filler");
      await fill(filler);
      const health = watchHealth(desk.address);
      const end = Date.now() + FULL_SECONDS * 1_000;
      let asked = 0;
      let slowestLookMs = 0;
      while (Date.now() < end) {
        // Each of these writes a log line that finds no room.
        await staff.fetch("/no-such-path").catch(() => null);
        const answer = await send(2).catch(() => null);
        expect(answer?.results[0]?.outcome).not.toBe("accepted");
        const { code, tookMs } = await look(reader);
        expect([null, "UNAVAILABLE"]).toContain(code);
        slowestLookMs = Math.max(slowestLookMs, tookMs);
        asked += 1;
        await sleep(100);
      }
      expect(asked).toBeGreaterThan(1);
      const { failed, asked: looks, slowestMs } = await health();
      expect(failed).toBe(0);
      expect(slowestLookMs).toBeLessThanOrEqual(2_000);
      await rm(filler);
      const freedAt = performance.now();
      await until(
        async () => (await send(3))?.results[0]?.outcome === "accepted",
        "no film is taken although there is space again",
        120,
      );
      await until(
        async () => (await client.prediction.count().catch(() => 0)) === 2,
        "a film that was accepted has no prediction",
        240,
      );
      note(
        `full for ${String(FULL_SECONDS)} s: /healthz asked ${String(looks)} times, slowest ${String(slowestMs)} ms, the worklist ${String(slowestLookMs)} ms; all back ${String(Math.round((performance.now() - freedAt) / 1_000))} s after`,
      );
      await expectOnePredictionEach(client, 2);
      await expectWholeChain(client);
      const log = join(desk.dataDir, "logs/api.log");
      expect((await stat(log)).size).toBeGreaterThan(0);
    },
    900_000 + FULL_SECONDS * 1_000,
  );
});

/** Figures are for people; what holds is asserted. */
function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
