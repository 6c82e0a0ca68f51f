import { readTabText, writeTabText } from "../../lib/tab-text.ts";

/** So long a case that was passed over is not offered again in this tab. */
const PASSED_MS = 15 * 60_000;
/** The API takes 200 (MAX_PASSED); the longest ago go first. */
const MOST = 200;

interface Passed {
  id: string;
  until: number;
}

/** Cases passed over lately, the last one last. */
export function passedCases(now = Date.now()): string[] {
  return read(now).map(({ id }) => id);
}

/** Notes that the reader went on without reading a case. */
export function passCase(id: string, now = Date.now()): void {
  const others = read(now).filter((passed) => passed.id !== id);
  write([...others, { id, until: now + PASSED_MS }].slice(-MOST));
}

export function forgetPassedCases(): void {
  write([]);
}

function read(now: number): Passed[] {
  return readTabText("passed-cases")
    .split(" ")
    .map((entry) => {
      const [id = "", until] = entry.split("@");
      return { id, until: Number(until) };
    })
    .filter(({ until }) => until > now);
}

function write(passed: readonly Passed[]): void {
  const entries = passed.map(({ id, until }) => `${id}@${String(until)}`);
  writeTabText("passed-cases", entries.join(" "));
}
