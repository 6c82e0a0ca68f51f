import type { InferencePool } from "../pool/pool-interface.ts";
import { inOrder } from "../predict/in-order.ts";
import type { ManifestRow } from "./manifest.ts";
import { assessRow, type Outcome } from "./outcome.ts";
import { progressOf } from "./progress.ts";

/** Films in flight for each thread, so that none waits for the next. */
const AHEAD = 4;

/**
 * Every film of a manifest through a pool, in the manifest's order, counted on
 * standard error unless `onFilm` is told. Closes the pool, whatever happens.
 */
export async function assessRows(
  pool: InferencePool,
  rows: readonly ManifestRow[],
  onFilm: ((done: number) => void) | null = null,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  try {
    const showProgress = onFilm ?? progressOf(rows.length, process.stderr);
    const results = inOrder(rows, pool.threads * AHEAD, (row) =>
      assessRow(pool, row),
    );
    for await (const outcome of results) {
      outcomes.push(outcome);
      showProgress(outcomes.length);
    }
  } finally {
    await pool.close();
  }
  return outcomes;
}
