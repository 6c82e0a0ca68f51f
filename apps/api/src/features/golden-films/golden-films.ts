import { encodePhantomPng, makePhantom } from "@lung-iris/phantom";

/** A film whose answer must never change: made from its seed, byte by byte. */
export interface GoldenFilm {
  /** In rows and alarms. */
  name: string;
  bytes: Uint8Array;
}

/** Two healthy, two ill: both ends of the scale, and each age group. */
const SHIPPED = [
  { seed: 101, ageYears: 54, pathology: "none" },
  { seed: 102, ageYears: 61, pathology: "consolidation" },
  { seed: 103, ageYears: 6, pathology: "none" },
  { seed: 104, ageYears: 4, pathology: "bilateral-consolidation" },
] as const;

/** Makes one film after the other: some 200 ms and 1 MB each. */
export async function* goldenFilms(): AsyncGenerator<GoldenFilm> {
  for (const options of SHIPPED) {
    const phantom = makePhantom({ ...options, size: 512, marker: "none" });
    const bytes = await encodePhantomPng(phantom);
    yield { name: `phantom-${String(options.seed)}`, bytes };
  }
}
