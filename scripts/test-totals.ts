import { readFile } from "node:fs/promises";
import { z } from "zod";

/** How many tests ended how. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
  /** A line for each that failed: where it stands and what went wrong. */
  failures: string[];
  /** The same of each that passed only as it was run again. */
  unsteady: string[];
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullable(),
        }),
      ),
    }),
  ),
});

const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  ok: z.boolean(),
  tests: z.array(
    z.object({
      results: z.array(
        z.object({ error: z.object({ message: z.string() }).optional() }),
      ),
    }),
  ),
});

interface PlaywrightSuite {
  specs: z.infer<typeof playwrightSpec>[];
  suites?: PlaywrightSuite[] | undefined;
}

const playwrightSuite: z.ZodType<PlaywrightSuite> = z.object({
  specs: z.array(playwrightSpec),
  get suites() {
    return z.array(playwrightSuite).optional();
  },
});

const playwrightReport = z.object({
  suites: z.array(playwrightSuite),
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

/** Totals of Vitest's JSON report; a file that failed to load counts as one failure. */
export async function readVitestTotals(file: string): Promise<Totals> {
  const report = vitestReport.parse(JSON.parse(await readFile(file, "utf8")));
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" &&
      !assertionResults.some((one) => one.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...unloaded.map(({ name, message }) => lineOf(name, [], message)),
      ...report.testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter((one) => one.status === "failed")
          .map((one) =>
            lineOf(name, [one.fullName], one.failureMessages?.[0] ?? ""),
          ),
      ),
    ],
    unsteady: [],
  };
}

/** Totals of Playwright's JSON report; one that passed at last has passed. */
export async function readPlaywrightTotals(file: string): Promise<Totals> {
  const { stats, suites } = playwrightReport.parse(
    JSON.parse(await readFile(file, "utf8")),
  );
  const specs = suites.flatMap(specsOf);
  const lines = (of: typeof specs) =>
    of.flatMap((spec) => {
      const results = spec.tests.flatMap((one) => one.results);
      const failed = results.find((one) => one.error !== undefined);
      const message = failed?.error?.message ?? "";
      if (spec.ok && failed === undefined) return [];
      return [lineOf(spec.file, [spec.title], message)];
    });
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    failures: lines(specs.filter((spec) => !spec.ok)),
    unsteady: lines(specs.filter((spec) => spec.ok)),
  };
}

export function add(a: Totals, b: Totals): Totals {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
    unsteady: [...a.unsteady, ...b.unsteady],
  };
}

function specsOf(suite: PlaywrightSuite): z.infer<typeof playwrightSpec>[] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

/** Colours of a terminal are noise in a list. */
// eslint-disable-next-line no-control-regex -- an escape is what begins a colour
const COLOUR = /\u001b\[[0-9;]*m/g;

function lineOf(file: string, titles: string[], message: string): string {
  const [what = ""] = message.replaceAll(COLOUR, "").split("\n");
  const where = [file, ...titles].join(" › ");
  return what === "" ? where : `${where}: ${what}`;
}
