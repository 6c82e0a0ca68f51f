import {
  filmElements,
  writeDicom,
  type DicomWriteOptions,
} from "@lung-iris/dicom/writer";
import {
  encodePhantomJpeg,
  makePhantom,
  type FilmPixels,
} from "@lung-iris/phantom";

/** A film that peers read as well. */
export interface PeerFilm {
  name: string;
  bytes: Uint8Array;
  /** How far lossy decoders may differ, in stored values. */
  tolerance: number;
}

type Written = Omit<
  Parameters<typeof filmElements>[0],
  "rows" | "columns" | "pixels"
>;

const SYNTAXES = {
  explicit: "1.2.840.10008.1.2.1",
  implicit: "1.2.840.10008.1.2",
  "big endian": "1.2.840.10008.1.2.2",
  deflated: "1.2.840.10008.1.2.1.99",
} as const;
const JPEG_BASELINE = "1.2.840.10008.1.2.4.50";

/** Odd sides, so that blocks and bytes are not filled. */
const PHANTOM = makePhantom({ seed: 21, width: 121, height: 87 });

/** Pixels of each film that is written here. */
export const PIXELS = PHANTOM.width * PHANTOM.height;

/** The phantom's values in so many bits, the whole range of them in use. */
export function phantomValues(bits: number): number[] {
  const { pixels } = PHANTOM;
  const low = Math.min(...pixels);
  const span = Math.max(...pixels) - low;
  return Array.from(pixels, (value) =>
    Math.round(((value - low) / span) * (2 ** bits - 1)),
  );
}

/** A film of these words, as its header describes them. */
export function written(
  words: readonly number[],
  header: Written,
  options: DicomWriteOptions = {},
): Uint8Array {
  const isNarrow = header.bitsAllocated === 8;
  const elements = filmElements({
    rows: PHANTOM.height,
    columns: PHANTOM.width,
    ...header,
    // Words are turned by the writer, bytes are not.
    pixels: isNarrow ? Uint8Array.from(words) : words,
    pixelVr: isNarrow ? "OB" : "OW",
  });
  return writeDicom([...IDENTITY, ...elements], options);
}

/** Without these, pydicom compresses nothing. */
const IDENTITY = [
  ["00080016", "UI", "1.2.840.10008.5.1.4.1.1.1"],
  ["00080018", "UI", "2.25.4711"],
] as const;

/** A grey film of a depth; words of sixteen bits from nine on. */
export function greyFilm(
  bits: number,
  options: DicomWriteOptions = {},
): Uint8Array {
  const bitsAllocated = bits <= 8 ? 8 : 16;
  const header = { bitsAllocated, bitsStored: bits };
  return written(phantomValues(bits), header, options);
}

/** Every way in which pixels that are not compressed are laid. */
export function nativeFilms(): PeerFilm[] {
  const films: PeerFilm[] = [];
  const add = (name: string, bytes: Uint8Array): void => {
    films.push({ name, bytes, tolerance: 0 });
  };
  for (const [name, transferSyntax] of Object.entries(SYNTAXES)) {
    for (const bits of [8, 10, 12, 14, 16]) {
      add(`${name}, ${String(bits)} bits`, greyFilm(bits, { transferSyntax }));
    }
  }
  const twelve = phantomValues(12);
  const header = { bitsAllocated: 16, bitsStored: 12 };
  add("nested lengths undefined", greyFilm(12, { undefinedLengths: true }));
  add(
    "MONOCHROME1",
    written(twelve, { ...header, photometric: "MONOCHROME1" }),
  );
  add(
    "signed",
    written(
      twelve.map((value) => (value - 2048) & 0xffff),
      { ...header, signed: true },
    ),
  );
  for (const film of colourFilms()) add(...film);
  return films;
}

/** A tinted picture in every layout of three channels. */
export function colourFilms(): [string, Uint8Array][] {
  const grey = phantomValues(8);
  const channels = [
    grey,
    grey.map((value) => 255 - value),
    grey.map((value) => value >> 1),
  ];
  const planar = channels.flat();
  const pixelwise = grey.flatMap((_, i) => channels.map((c) => c[i] ?? 0));
  return ["RGB", "YBR_FULL"].flatMap((photometric) => {
    const header = { bitsAllocated: 8, photometric, samplesPerPixel: 3 };
    const layout = (configuration: number): Written => ({
      ...header,
      more: [["00280006", "US", configuration]],
    });
    return [
      [`${photometric}, pixel by pixel`, written(pixelwise, layout(0))],
      [`${photometric}, plane by plane`, written(planar, layout(1))],
    ] as [string, Uint8Array][];
  });
}

/** JPEG as the phantom writes it, whole and in several fragments. */
export async function jpegFilms(): Promise<PeerFilm[]> {
  const film: FilmPixels = PHANTOM;
  const inOne = await encodePhantomJpeg(film, { quality: 90 });
  const progressive = await encodePhantomJpeg(film, {
    quality: 90,
    progressive: true,
  });
  const third = 2 * Math.trunc(inOne.length / 6);
  const parts = [
    inOne.subarray(0, third),
    inOne.subarray(third, 2 * third),
    inOne.subarray(2 * third),
  ];
  const wrapped = (fragments: readonly Uint8Array[]): Uint8Array =>
    writeDicom(
      filmElements({
        rows: film.height,
        columns: film.width,
        bitsAllocated: 8,
        pixelVr: "OB",
        pixels: { fragments: fragments.map(even), offsetTable: [0] },
      }),
      { transferSyntax: JPEG_BASELINE },
    );
  // Transforms of eight bits round by their own ways.
  return [
    { name: "JPEG", bytes: wrapped([inOne]), tolerance: 2 },
    { name: "JPEG in fragments", bytes: wrapped(parts), tolerance: 2 },
    { name: "JPEG progressive", bytes: wrapped([progressive]), tolerance: 2 },
  ];
}

function even(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]);
}
