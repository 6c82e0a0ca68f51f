import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  DEFAULT_PICTURE_LIMITS,
  displayValue,
  luma,
  readDicomPicture,
} from "@lung-iris/dicom";
import { decodeFilm } from "@lung-iris/inference";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import {
  dcmtkCompress,
  dcmtkDecode,
  dcmtkShown,
  hasDcmtk,
  type DcmtkReader,
} from "../testkit/peers/dcmtk-peer.ts";
import {
  colourFilms,
  greyFilm,
  jpegFilms,
  nativeFilms,
  PIXELS,
  type PeerFilm,
} from "../testkit/peers/peer-films.ts";
import {
  hasPydicom,
  PydicomPeer,
  type PeerFrame,
} from "../testkit/peers/pydicom-peer.ts";

const SAMPLES = new URL(
  "../../packages/dicom/test-data/dicom/",
  import.meta.url,
);
/** How far two decoders of the lossy samples may differ, of 4,095. */
const LOSSY: Readonly<Record<string, number>> = {
  "jpeg-2000-lossy.dcm": 1,
  "htj2k-lossy.dcm": 1,
  "jpeg-baseline.dcm": 1,
  "jpeg-extended-12.dcm": 1,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lung-iris-peers-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Where the peers find the film. */
async function stored({ name, bytes }: PeerFilm): Promise<string> {
  const file = join(folder, `${name.replaceAll(/[^\w-]+/gu, "_")}.dcm`);
  await writeFile(file, bytes);
  return file;
}

/** What of a film a peer sees otherwise than our reader, one line each. */
async function differences(
  film: PeerFilm,
  frames: readonly PeerFrame[],
): Promise<string[]> {
  const { words, damage, header } = await readDicomPicture(film.bytes, {
    ...DEFAULT_PICTURE_LIMITS,
    minSide: 16,
  });
  if (frames.length === 0) return [`${film.name}: no peer reads it`];
  const found = damage === null ? [] : [`${film.name}: ${damage}`];
  const isYbr = header.photometricInterpretation.startsWith("YBR");
  for (const { by, values, channels } of frames) {
    if (values.length < words.length * channels) {
      found.push(`${film.name}: ${by} gives ${String(values.length)} values`);
      continue;
    }
    let worst = 0;
    for (let i = 0; i < words.length; i++) {
      const at = i * channels;
      const peers =
        channels === 1 || isYbr
          ? (values[at] ?? 0)
          : luma(values[at] ?? 0, values[at + 1] ?? 0, values[at + 2] ?? 0);
      worst = Math.max(worst, Math.abs((words[i] ?? 0) - (peers & 0xffff)));
    }
    if (worst > film.tolerance) {
      found.push(`${film.name}: ${by} differs by up to ${String(worst)}`);
    }
  }
  return found;
}

/** All differences of these films from what a peer makes of them. */
async function compare(
  films: readonly PeerFilm[],
  decode: (file: string) => Promise<PeerFrame[]>,
): Promise<string[]> {
  const found: string[] = [];
  for (const film of films) {
    const frames = await decode(await stored(film));
    found.push(...(await differences(film, frames)));
  }
  return found;
}

describe.skipIf(!hasPydicom())(
  "pixels beside pydicom (skipped without it and its plugins: CONTRIBUTING.md)",
  () => {
    let peer: PydicomPeer;
    beforeAll(() => {
      peer = new PydicomPeer();
    });
    afterAll(() => {
      peer.close();
    });
    const decode = (file: string): Promise<PeerFrame[]> => peer.decode(file);

    it("are the same in every layout that is not compressed", async () => {
      expect(await compare(nativeFilms(), decode)).toEqual([]);
    });

    it("are the same in JPEG of eight bits, but for the rounding", async () => {
      expect(await compare(await jpegFilms(), decode)).toEqual([]);
    });

    it("are the same in every codec that pydicom writes", async () => {
      expect(await compare(await pydicomFilms(peer), decode)).toEqual([]);
    });

    it("are the same in other people's files of every codec", async () => {
      expect(await compare(await sampleFilms(), decode)).toEqual([]);
    });

    it.skipIf(!hasDcmtk())(
      "are the same in every codec that DCMTK writes (skipped without it)",
      async () => {
        expect(await compare(await dcmtkFilms(), decode)).toEqual([]);
      },
    );
  },
);

describe.skipIf(!hasDcmtk())(
  "pixels beside DCMTK (skipped without it: CONTRIBUTING.md)",
  () => {
    it("are the same in every layout that is not compressed", async () => {
      // dcmdump hands out grey pixels as they lie.
      const films = nativeFilms().filter(({ name }) => !/YBR|RGB/u.test(name));
      expect(await compare(films, (file) => byDcmtk(file, "dcmconv"))).toEqual(
        [],
      );
    });

    it("are the same in every codec that DCMTK writes", async () => {
      const found: string[] = [];
      for (const { film, reader } of await dcmtkPairs()) {
        const decode = (file: string) => byDcmtk(file, reader);
        found.push(...(await compare([film], decode)));
      }
      expect(found).toEqual([]);
    });

    it.each([
      ["its own window", {}],
      ["a narrow window", { window: { center: 1800, width: 900 } }],
      [
        "rescaled values",
        {
          rescale: { slope: 2, intercept: -1000 },
          window: { center: 2600, width: 3000 },
        },
      ],
      ["MONOCHROME1", { photometric: "MONOCHROME1" }],
      [
        "MONOCHROME1 and a narrow window",
        {
          photometric: "MONOCHROME1",
          window: { center: 2200, width: 1000 },
        },
      ],
    ] as const)("are shown the same through %s", async (name, options) => {
      const phantom = makePhantom({ seed: 22, width: 128, height: 112 });
      const bytes = encodePhantomDicom(phantom, NOBODY, options);
      const file = await stored({ name, bytes, tolerance: 0 });
      const theirs = await dcmtkShown(file);
      const film = await decodeFilm(bytes, { minSide: 16 });
      const ours = film.pixels.map((value) =>
        Math.round(255 * displayValue(value, film.window)),
      );
      expect(theirs).toHaveLength(ours.length);
      const worst = ours.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (theirs[i] ?? 0))),
        0,
      );
      // Both round, and not at the same place.
      expect(worst).toBeLessThanOrEqual(2);
    });
  },
);

const NOBODY = {
  familyName: "Muster",
  givenName: "Eva",
  id: "M-1",
  sex: "F",
} as const;

async function byDcmtk(
  file: string,
  reader: DcmtkReader,
): Promise<PeerFrame[]> {
  return [await dcmtkDecode(file, reader, PIXELS)];
}

/** The phantom in each transfer syntax that pydicom's encoders know. */
async function pydicomFilms(peer: PydicomPeer): Promise<PeerFilm[]> {
  const films: PeerFilm[] = [];
  const plain = [8, 12, 16].map(
    (bits) => [`${String(bits)} bits`, greyFilm(bits)] as const,
  );
  const colour = colourFilms().filter(([name]) => name === COLOUR);
  for (const [what, bytes] of [...plain, ...colour]) {
    const isColour = what === COLOUR;
    const file = await stored({ name: `plain ${what}`, bytes, tolerance: 0 });
    for (const [codec, syntax, tolerance, options] of ENCODINGS) {
      if (isColour && !IN_COLOUR.has(codec)) continue;
      const to = `${file}.to`;
      await peer.compress(file, to, syntax, options);
      const name = `${codec}, ${what}`;
      films.push({ name, bytes: await readFile(to), tolerance });
    }
  }
  return films;
}

const COLOUR = "RGB, pixel by pixel";
const IN_COLOUR: ReadonlySet<string> = new Set(["RLE", "JPEG-LS"]);
const ENCODINGS = [
  // GDCM's encoder ends the process where a side is odd.
  ["RLE", "1.2.840.10008.1.2.5", 0, { encoding_plugin: "pydicom" }],
  ["JPEG-LS", "1.2.840.10008.1.2.4.80", 0, {}],
  ["JPEG-LS near", "1.2.840.10008.1.2.4.81", 0, { jls_error: 2 }],
  ["JPEG 2000", "1.2.840.10008.1.2.4.90", 0, {}],
  ["JPEG 2000 lossy", "1.2.840.10008.1.2.4.91", 1, { j2k_cr: [8, 4] }],
] as const;

/** The phantom in each way of DCMTK's encoders, with the tool that reads it. */
async function dcmtkPairs(): Promise<
  { film: PeerFilm; reader: DcmtkReader }[]
> {
  const pairs: { film: PeerFilm; reader: DcmtkReader }[] = [];
  const predictors = [1, 2, 3, 4, 5, 6, 7].map(
    (selection) => `dcmcjpeg +el +sv ${String(selection)}`,
  );
  for (const bits of [8, 12, 16]) {
    const plain = join(folder, `plain-${String(bits)}.dcm`);
    await writeFile(plain, greyFilm(bits));
    const lossy = bits === 8 ? ["dcmcjpeg +eb +q 90"] : [];
    if (bits === 12) lossy.push("dcmcjpeg +ee +q 95");
    for (const command of [
      "dcmcrle",
      "dcmcjpls",
      "dcmcjpls +en +md 2",
      "dcmcjpeg +e1",
      ...predictors,
      ...lossy,
    ]) {
      const [tool = "", ...options] = command.split(" ");
      const to = `${plain}.to`;
      await dcmtkCompress(plain, to, [tool, ...options]);
      const name = `${command}, ${String(bits)} bits`;
      const tolerance = lossy.includes(command) ? 2 : 0;
      pairs.push({
        film: { name, bytes: await readFile(to), tolerance },
        reader: READERS[tool] ?? "dcmconv",
      });
    }
  }
  return pairs;
}

const READERS: Readonly<Record<string, DcmtkReader>> = {
  dcmcrle: "dcmdrle",
  dcmcjpls: "dcmdjpls",
  dcmcjpeg: "dcmdjpeg",
};

async function dcmtkFilms(): Promise<PeerFilm[]> {
  return (await dcmtkPairs()).map(({ film }) => film);
}

async function sampleFilms(): Promise<PeerFilm[]> {
  const names = (await readdir(SAMPLES)).filter((n) => n.endsWith(".dcm"));
  return Promise.all(
    names.map(async (name) => ({
      name,
      bytes: await readFile(new URL(name, SAMPLES)),
      tolerance: LOSSY[name] ?? 0,
    })),
  );
}
