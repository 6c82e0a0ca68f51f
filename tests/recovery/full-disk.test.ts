import { execFileSync } from "node:child_process";
import { mkdtemp, open, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { expectOnePredictionEach, expectWholeChain } from "../testkit/chain.ts";
import { startDesk, watchHealth } from "../testkit/desk.ts";
import type { RunningDesk } from "../testkit/desk.ts";
import { chestPng, upload } from "../testkit/films.ts";
import { aSite, asStaff } from "../testkit/viewers.ts";
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

/** Takes all the space there is. */
async function fill(file: string): Promise<void> {
  const handle = await open(file, "w");
  const block = Buffer.alloc(1024 * 1024);
  try {
    for (;;) await handle.write(block);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC"))
      throw error;
  } finally {
    await handle.close();
  }
}

describe("a full disk", () => {
  it.skipIf(disk === null)(
    "freezes nothing: uploads are refused, reading goes on where the database can, all is back without a hand (needs root, for a disk of its own)",
    async () => {
      desk = await startDesk(join(disk ?? "", "data"));
      const { client } = desk.database;
      const staff = await asStaff(desk, (await aSite(desk)).id);
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
      while (Date.now() < end) {
        // Each of these writes a log line that finds no room.
        await staff.fetch("/no-such-path").catch(() => null);
        const answer = await send(2).catch(() => null);
        expect(answer?.results[0]?.outcome).not.toBe("accepted");
        asked += 1;
      }
      expect(asked).toBeGreaterThan(1);
      const { failed, asked: looks, slowestMs } = await health();
      expect(failed).toBe(0);
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
        `full for ${String(FULL_SECONDS)} s: /healthz asked ${String(looks)} times, slowest ${String(slowestMs)} ms; all back ${String(Math.round((performance.now() - freedAt) / 1_000))} s after`,
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
