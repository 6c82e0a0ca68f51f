import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { runSteps, type Step } from "./run-steps.ts";

/** A step that notes when it begins and ends. */
function stepOf(name: string, code: number, log: string[], ms = 20): Step {
  return [
    name,
    async () => {
      log.push(`+${name}`);
      await sleep(ms);
      log.push(`-${name}`);
      return code;
    },
  ];
}

it("runs as many at once as it is told, and says how each ended", async () => {
  const log: string[] = [];
  const said: string[] = [];
  const steps = ["a", "b", "c"].map((name) => stepOf(name, 0, log));
  expect(await runSteps(steps, 2, (line) => said.push(line))).toBe(true);
  expect(log.slice(0, 2)).toEqual(["+a", "+b"]);
  expect(log).toHaveLength(6);
  expect(said).toHaveLength(3);
  expect(said[0]).toMatch(/^ok {5}a \(\d+\.\d s\)$/);
});

it("begins nothing after a step that failed, and waits for what runs", async () => {
  const log: string[] = [];
  const said: string[] = [];
  const steps = [
    stepOf("long", 0, log, 80),
    stepOf("wrong", 2, log, 10),
    stepOf("never", 0, log),
  ];
  expect(await runSteps(steps, 2, (line) => said.push(line))).toBe(false);
  expect(log).toEqual(["+long", "+wrong", "-wrong", "-long"]);
  expect(said.join()).toContain("FAILED wrong");
});

it("runs one after another where one is all that there is room for", async () => {
  const log: string[] = [];
  const steps = ["a", "b"].map((name) => stepOf(name, 0, log));
  expect(await runSteps(steps, 0, () => undefined)).toBe(true);
  expect(log).toEqual(["+a", "-a", "+b", "-b"]);
});
