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

/** Half a second to some seconds each, without a pause: for a thread. */
export async function makeGoldenFilms(): Promise<GoldenFilm[]> {
  const films: GoldenFilm[] = [];
  for (const options of SHIPPED) {
    const phantom = makePhantom({ ...options, size: 320, marker: "none" });
    const bytes = await encodePhantomPng(phantom);
    films.push({ name: `phantom-${String(options.seed)}`, bytes });
  }
  return films;
}
