/**
 * `npm test`: every test, then one line with the totals. Vitest first
 * (unit, api on a real PostgreSQL, inference, contract), then Playwright on
 * the running product.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { provideChromium } from "./find-chromium.ts";
import { runCommand } from "./run-command.ts";
import { buildAll, generate } from "./start/prepare.ts";
import {
  add,
  readPlaywrightTotals,
  readVitestTotals,
  type Totals,
} from "./test-totals.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const say = (line: string) => process.stdout.write(`\n${line}\n`);

function binOf(packageName: string, file: string): string {
  return join(root, "node_modules", packageName, file);
}

async function runVitest(reports: string): Promise<Totals> {
  const outputFile = join(reports, "vitest.json");
  const code = await runCommand(
    process.execPath,
    [
      binOf("vitest", "vitest.mjs"),
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${outputFile}`,
      ...process.argv.slice(2),
    ],
    { cwd: root },
  );
  const totals = await readVitestTotals(outputFile);
  // An error outside of every test fails the run all the same.
  if (code !== 0 && totals.failed === 0) totals.failed = 1;
  return totals;
}

async function runPlaywright(reports: string): Promise<Totals> {
  const chromium = provideChromium(say);
  const outputFile = join(reports, "playwright.json");
  const code = await runCommand(
    process.execPath,
    [
      binOf("@playwright/test", "cli.js"),
      "test",
      "--config",
      join(root, "tests/playwright.config.ts"),
    ],
    {
      cwd: root,
      env: {
        PLAYWRIGHT_JSON_OUTPUT_NAME: outputFile,
        ...(chromium === undefined ? {} : { LUNG_IRIS_CHROMIUM: chromium }),
      },
    },
  );
  const totals = await readPlaywrightTotals(outputFile);
  if (code !== 0 && totals.failed === 0) totals.failed = 1;
  return totals;
}

const reports = await mkdtemp(join(tmpdir(), "lung-iris-reports-"));
try {
  await generate(root);
  // Before all: tests of whole desks have the web in them where it is built.
  await buildAll(root);
  const totals = add(await runVitest(reports), await runPlaywright(reports));
  // The end of a long log is what is read first, and at times all that is kept.
  if (totals.unsteady.length > 0)
    say(`Passed only as it was run again:\n${totals.unsteady.join("\n")}`);
  if (totals.failures.length > 0) say(totals.failures.join("\n"));
  say(
    `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`,
  );
  process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
} finally {
  await rm(reports, { recursive: true, force: true });
}
