/** The sites of seeded tables. */
export const BENCH_SITES = [1, 2, 3].map(
  (n) => `00000000-0000-7000-8000-00000000000${String(n)}`,
);

/** Id of the n-th seeded reader. */
export function benchReader(n: number): string {
  return `00000000-0000-7000-9000-${String(n).padStart(12, "0")}`;
}
