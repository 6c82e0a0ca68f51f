import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { add, readPlaywrightTotals, readVitestTotals } from "./test-totals.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lung-iris-totals-"));
});

afterEach(() => rm(folder, { recursive: true }));

async function reportOf(content: object): Promise<string> {
  const path = join(folder, "report.json");
  await writeFile(path, JSON.stringify(content));
  return path;
}

it("counts Vitest's tests, names those that failed, and files that did not load", async () => {
  const report = await reportOf({
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      {
        name: "/a/sum.test.ts",
        status: "failed",
        message: "",
        assertionResults: [
          { fullName: "sums", status: "passed", failureMessages: [] },
          {
            fullName: "sums up",
            status: "failed",
            failureMessages: ["\u001b[31mexpected 1\u001b[39m to be 2\n at x"],
          },
        ],
      },
      {
        name: "/a/lost.test.ts",
        status: "failed",
        message: "Cannot find package 'lost'",
        assertionResults: [],
      },
    ],
  });
  expect(await readVitestTotals(report)).toEqual({
    passed: 1,
    failed: 2,
    skipped: 3,
    failures: [
      "/a/lost.test.ts: Cannot find package 'lost'",
      "/a/sum.test.ts › sums up: expected 1 to be 2",
    ],
    unsteady: [],
  });
});

it("counts Playwright's journeys, and names those that failed wherever they stand", async () => {
  const spec = (title: string, ok: boolean, ...messages: string[]) => ({
    title,
    file: "e2e/reading.spec.ts",
    ok,
    tests: [
      {
        results: [
          ...messages.map((message) => ({ error: { message } })),
          ...(ok ? [{}] : []),
        ],
      },
    ],
  });
  const report = await reportOf({
    stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 },
    suites: [
      {
        specs: [spec("reads", true), spec("opens", true, "Error: late")],
        suites: [
          {
            specs: [spec("signs", false, "Error: no button\nat y", "again")],
          },
        ],
      },
    ],
  });
  const totals = await readPlaywrightTotals(report);
  expect(totals).toEqual({
    passed: 2,
    failed: 1,
    skipped: 0,
    failures: ["e2e/reading.spec.ts › signs: Error: no button"],
    unsteady: ["e2e/reading.spec.ts › opens: Error: late"],
  });
  expect(add(totals, totals).failures).toHaveLength(2);
});
