/** One measured value. */
export interface Measurement {
  what: string;
  value: number;
  unit: string;
  /** The bar of the design, in words, where there is one. */
  budget?: string;
  /** Whether the budget is met. */
  met?: boolean;
}

/** A benchmark of `npm run bench`. */
export interface Benchmark {
  name: string;
  description: string;
  /** @param note takes progress, which goes to standard error. */
  run(note: (line: string) => void): Promise<Measurement[]>;
}
