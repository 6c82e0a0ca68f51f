import type { EngineName } from "../types.ts";

/** The numbers of one forward pass, off the engine. */
export interface ForwardResult {
  /** Pneumonia in the film. */
  logit: number;
  /** Smooth maximum of pneumonia's map. */
  strongest: number;
  /** Logits of pneumonia in every cell, row by row. */
  map: Float32Array;
  /** Cells a side. */
  cells: number;
  /** Logits and maps of the findings beside pneumonia, in the heads' order. */
  others: { logits: Float32Array; maps: Float32Array[] };
  /** A child's rather than an adult's film. */
  childLogit: number;
  /** Classes of the input gate. */
  gateLogits: Float32Array;
  /** Squared distance from the training films; about 1 for one of them. */
  distance: number;
}

/** A net on an engine. Belongs to the thread that opened it. */
export interface FilmNet {
  readonly engine: EngineName;
  /** @param pixels a film on the net's grid and scale, row by row */
  run(pixels: Float32Array): Promise<ForwardResult>;
  dispose(): void;
}
