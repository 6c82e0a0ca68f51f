/** `npm run bench [-- NAME…]`: all benchmarks or some, as JSON and a table. */
import { cpus } from "node:os";

import { auditSearchBenchmark } from "./audit-search.ts";
import { auditVerifyBenchmark } from "./audit-verify.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";
import { badDayBenchmark } from "./bad-day.ts";
import { claimsBenchmark } from "./claims.ts";
import { exportScanBenchmark } from "./export-scan.ts";
import { graphqlBenchmark } from "./graphql.ts";
import { hospitalBenchmark } from "./hospital.ts";
import { inferenceBenchmark } from "./inference.ts";
import { ingestBenchmark } from "./ingest.ts";
import { largeFilmBenchmark } from "./large-film.ts";
import { loopPagesBenchmark } from "./loop-pages.ts";
import { mutationsBenchmark } from "./mutations.ts";
import { racesBenchmark } from "./races.ts";
import { readingBenchmark } from "./reading.ts";
import { rollbackBenchmark } from "./rollback.ts";
import { slowLineBenchmark } from "./slow-line.ts";
import { thresholdsBenchmark } from "./thresholds.ts";
import { uploadBenchmark } from "./upload.ts";
import { worklistBenchmark } from "./worklist.ts";

/** Every benchmark; a new one is a file beside this and a line here. */
const BENCHMARKS: readonly Benchmark[] = [
  inferenceBenchmark,
  ingestBenchmark,
  uploadBenchmark,
  worklistBenchmark,
  claimsBenchmark,
  racesBenchmark,
  auditSearchBenchmark,
  auditVerifyBenchmark,
  graphqlBenchmark,
  readingBenchmark,
  largeFilmBenchmark,
  mutationsBenchmark,
  thresholdsBenchmark,
  loopPagesBenchmark,
  hospitalBenchmark,
  rollbackBenchmark,
  exportScanBenchmark,
  badDayBenchmark,
  slowLineBenchmark,
];

interface Result {
  name: string;
  measurements: Measurement[];
}

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter(
    (name) => !BENCHMARKS.some((benchmark) => benchmark.name === name),
  );
  if (unknown.length > 0) {
    note(`There is no benchmark ${unknown.join(", ")}. There are:`);
    for (const { name, description } of BENCHMARKS) {
      note(`  ${name}: ${description}`);
    }
    process.exitCode = 2;
    return;
  }
  const results: Result[] = [];
  for (const benchmark of BENCHMARKS) {
    if (names.length > 0 && !names.includes(benchmark.name)) continue;
    note(`${benchmark.name}: ${benchmark.description}`);
    const measurements = await benchmark.run(note);
    note(table(measurements));
    results.push({ name: benchmark.name, measurements });
  }
  const [cpu] = cpus();
  const machine = {
    cpu: cpu?.model ?? "unknown",
    cores: cpus().length,
    node: process.version,
  };
  process.stdout.write(`${JSON.stringify({ machine, results }, null, 2)}\n`);
}

function table(measurements: readonly Measurement[]): string {
  const width = Math.max(...measurements.map(({ what }) => what.length));
  return measurements
    .map(({ what, value, unit, budget, met }) => {
      const number = short(value).padStart(10);
      const verdict = met === undefined ? "" : met ? "met" : "NOT MET";
      const bar = budget === undefined ? "" : `  (${budget}: ${verdict})`;
      return `  ${what.padEnd(width)} ${number} ${unit}${bar}`;
    })
    .join("\n");
}

function short(value: number): string {
  if (value !== 0 && Math.abs(value) < 0.01) return value.toExponential(1);
  return value.toFixed(value < 100 ? 2 : 0);
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  note(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
