import {
  encodePhantomDicom,
  encodePhantomJpeg,
  encodePhantomPng,
  makePhantom,
} from "@lung-iris/phantom";

/** Chests drawn; the films differ from them by a few pixels. */
const DRAWN = 5;
const SIDE = 1024;

export interface BenchFilm {
  name: string;
  bytes: Uint8Array;
}

/**
 * Films of 1,024 pixels, PNG, JPEG and DICOM in turn, no two alike: drawing a
 * chest takes longer than anything measured here, so a few are drawn and the
 * others carry their number in the pixels of one corner.
 */
export async function benchFilms(count: number): Promise<BenchFilm[]> {
  const chests = Array.from({ length: Math.min(DRAWN, count) }, (_, at) =>
    makePhantom({
      seed: 7_000 + at,
      size: SIDE,
      pathology: at % 2 === 0 ? "none" : "consolidation",
    }),
  );
  const films: BenchFilm[] = [];
  for (let number = 0; number < count; number++) {
    const chest = chests[number % chests.length];
    if (!chest) throw new Error("no chest was drawn");
    const pixels = chest.pixels.slice();
    for (let bit = 0; bit < 16; bit++) {
      // A block of 8 pixels a bit, bright or dark: JPEG keeps it too.
      pixels.fill(((number >> bit) & 1) * chest.maxValue, bit * 8, bit * 8 + 8);
    }
    films.push(await encode({ ...chest, pixels }, number));
  }
  return films;
}

async function encode(
  film: Parameters<typeof encodePhantomPng>[0],
  number: number,
): Promise<BenchFilm> {
  const name = `film-${String(number)}`;
  switch (number % 3) {
    case 0:
      return {
        name: `${name}.png`,
        bytes: await encodePhantomPng(film, { bits: 8 }),
      };
    case 1:
      return {
        name: `${name}.jpg`,
        bytes: await encodePhantomJpeg(film, { quality: 92 }),
      };
    default:
      return {
        name: `${name}.dcm`,
        bytes: encodePhantomDicom(film, {
          familyName: "Bench",
          givenName: String(number),
          id: `BENCH-${String(number)}`,
          sex: "O",
        }),
      };
  }
}
