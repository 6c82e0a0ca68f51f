import { readFile, readdir } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** Ticks of a second in /proc: the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Places behind the name in /proc/PID/stat (man 5 proc), from 0. */
const PARENT = 1;
const OWN_TIMES = [11, 12];
const ENDED_CHILDREN = [13, 14];

async function statOf(pid: string): Promise<string[] | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name stands in brackets and may hold any sign.
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null; // ended meanwhile, or no Linux
  }
}

function sum(stat: readonly string[], places: readonly number[]): number {
  return places.reduce((ticks, place) => ticks + Number(stat[place]), 0);
}

/**
 * Milliseconds of processor time that a process and its children have used;
 * null where the system does not tell. Other work on the machine makes it
 * larger by some tens of percent, where it makes times of answers many times
 * larger.
 */
export async function processorMs(pid: number): Promise<number | null> {
  const own = await statOf(String(pid));
  if (own === null) return null;
  let ticks = sum(own, [...OWN_TIMES, ...ENDED_CHILDREN]);
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await statOf(name);
    if (stat?.[PARENT] === String(pid)) ticks += sum(stat, OWN_TIMES);
  }
  return (ticks * 1_000) / TICKS_PER_SECOND;
}

const LOOK_EVERY_MS = 3_000;
const QUIET_SHARE = 0.1;
const LONGEST_WAIT_MS = 180_000;

/**
 * Waits until a process and its children have next to nothing left to do, three
 * minutes at most.
 */
export async function untilQuiet(pid: number): Promise<void> {
  const end = performance.now() + LONGEST_WAIT_MS;
  let before = (await processorMs(pid)) ?? 0;
  while (performance.now() < end) {
    await sleep(LOOK_EVERY_MS);
    const now = (await processorMs(pid)) ?? 0;
    if (now - before < QUIET_SHARE * LOOK_EVERY_MS) return;
    before = now;
  }
}

/** Process ids of what is at work beside the benchmark itself. */
export type Parts = Readonly<Record<string, number>>;

/** Milliseconds of processor time of each part so far, and of who asks them. */
export async function usedBy(parts: Parts): Promise<Map<string, number>> {
  const used = new Map<string, number>();
  for (const [part, pid] of Object.entries(parts)) {
    const ms = await processorMs(pid);
    if (ms !== null) used.set(part, ms);
  }
  const { user, system } = process.cpuUsage();
  return used.set("the generator", (user + system) / 1_000);
}
