import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pipeline } from "node:stream/promises";

import { makePhantom, encodePhantomPng } from "@lung-iris/phantom";

import { DatasetArchive } from "../apps/api/src/features/dataset-files/dataset-archive.ts";
import { dicomFilm } from "../apps/api/src/features/dataset-files/dicom-film.ts";
import { pseudonymsFor } from "../apps/api/src/features/dataset-files/pseudonyms.ts";
import { scanArchive } from "../apps/api/src/features/export-scan/export-scan.service.ts";
import { FORMAT_WORDS } from "../apps/api/src/features/export-scan/json-check.ts";
import { KnownValues } from "../apps/api/src/features/export-scan/known-values.ts";
import { createFilmReader } from "../apps/api/src/platform/inference-client.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";

/** Films of the larger export; `LUNG_IRIS_SCAN_FILMS` is another number. */
const FILMS = Number(process.env["LUNG_IRIS_SCAN_FILMS"] ?? 1_000);
/** The smaller one, whose time for a film the larger one's is held to. */
const FEWER = Math.ceil(FILMS / 10);
const WIDTH = 2_000;
const HEIGHT = 2_500;
/** Different pictures, written again and again: making a film takes seconds. */
const PICTURES = 4;
/** Of one film: the time may not grow with the number of films. */
const MOST_GROWTH = 1.3;
const SITE = "00000000-0000-7000-8000-000000000001";

/** The second look at exports of large films, as picture and as DICOM. */
export const exportScanBenchmark: Benchmark = {
  name: "export-scan",
  description: `the second look at an export of ${String(FILMS)} films of ${String(WIDTH)} × ${String(HEIGHT)}, PNG and DICOM`,
  async run(note) {
    const folder = await mkdtemp(join(tmpdir(), "lung-iris-export-scan-"));
    try {
      const fewer = await scanOf(FEWER, folder, note);
      const all = await scanOf(FILMS, folder, note);
      const growth = all.secondsAFilm / fewer.secondsAFilm;
      return [
        measurement("a film, of the larger export", all.secondsAFilm, "s"),
        measurement("a film, of the smaller export", fewer.secondsAFilm, "s"),
        {
          ...measurement("larger to smaller, a film", growth, ""),
          budget: `≤ ${String(MOST_GROWTH)}`,
          met: growth <= MOST_GROWTH,
        },
        measurement("the larger export", all.secondsAFilm * FILMS, "s"),
        measurement("size of the larger export", all.bytes / 2 ** 20, "MB"),
        measurement("memory above what it was", all.memory / 2 ** 20, "MB"),
        {
          ...measurement("places held back", all.leaks + fewer.leaks, ""),
          budget: "0",
          met: all.leaks + fewer.leaks === 0,
        },
      ];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function measurement(what: string, value: number, unit: string): Measurement {
  return { what, value, unit };
}

interface Scanned {
  secondsAFilm: number;
  bytes: number;
  memory: number;
  leaks: number;
}

async function scanOf(
  films: number,
  folder: string,
  note: (line: string) => void,
): Promise<Scanned> {
  note(`  writing ${films.toLocaleString("en")} films`);
  const reader = await createFilmReader({ threads: cpus().length });
  const path = join(folder, `${String(films)}.zip`);
  const known = people(films);
  const before = process.memoryUsage().rss;
  let memory = 0;
  try {
    await writeExport(films, path, (film) => reader.hasText(film));
    const start = performance.now();
    const { total, leaks } = await scanArchive(path, {
      known,
      models: [],
      findsText: (film) => reader.hasText(film),
      onFile(files) {
        memory = Math.max(memory, process.memoryUsage().rss - before);
        if (files % 200 === 0) note(`  ${files.toLocaleString("en")} files`);
        return Promise.resolve();
      },
    });
    const seconds = (performance.now() - start) / 1_000;
    for (const leak of leaks)
      note(`  held back: ${leak.entry}, ${leak.place}: ${leak.kind}`);
    const { size } = await stat(path);
    await rm(path);
    return { secondsAFilm: seconds / films, bytes: size, memory, leaks: total };
  } finally {
    await reader.close();
  }
}

async function writeExport(
  films: number,
  path: string,
  hasText: (film: Buffer) => Promise<boolean>,
): Promise<void> {
  const archive = new DatasetArchive();
  const written = pipeline(archive.output, createWriteStream(path));
  const names = pseudonymsFor("only-for-benchmarks", SITE);
  const made = [];
  for (let seed = 1; made.length < PICTURES; seed++) {
    const film = makePhantom({ seed, width: WIDTH, height: HEIGHT });
    const png = await encodePhantomPng(film, { bits: 16 });
    // An export has no film in which letters are found, rightly or not.
    if (await hasText(Buffer.from(png))) continue;
    made.push({ png, samples: film.pixels });
  }
  for (let n = 0; n < films; n++) {
    const film = made[n % PICTURES];
    if (film === undefined) throw new Error("there are pictures");
    const id = `film-${String(n)}`;
    await archive.add(`images/${names.image(id)}.png`, film.png);
    const dicom = dicomFilm(
      {
        hasText: false,
        picture: null,
        samples: film.samples,
        width: WIDTH,
        height: HEIGHT,
        bitsStored: 12,
        window: { center: 2_048, width: 4_096 },
        pixelSpacing: null,
      },
      {
        patient: names.patient(id),
        sex: "FEMALE",
        age_years: 50,
        view: "PA",
        study_year: 2026,
      },
      {
        patientId: id,
        studyId: id,
        seriesId: null,
        imageId: id,
        studyDate: null,
      },
      names,
      "REMOVED",
    );
    await archive.add(`dicom/${names.image(id)}.dcm`, dicom);
  }
  await archive.addChecksums();
  await archive.finish();
  await written;
}

/** What a database knows of so many people, a film each. */
function people(count: number): KnownValues {
  const known = new KnownValues(FORMAT_WORDS);
  for (let n = 0; n < count; n++) {
    // Spread over the digits as record numbers and ids of a hospital are.
    const number = (Math.imul(n + 1, 0x9e3779b1) >>> 0).toString(10);
    known.addName([`FAMILY${number}`, `Given${number} Middle${number}`]);
    known.add("RECORD_NUMBER", `7${number.padStart(9, "3")}`);
    known.add("ACCESSION_NUMBER", `ACC-${number}`);
    known.add("UID", `1.2.840.99999.${number}.1`);
    known.add("UID", `2.25.${number}4711`);
    known.add("INTERNAL_ID", `${number.padStart(12, "a")}-7000-8000`);
    known.addDay(new Date(Date.UTC(1930 + (n % 80), n % 12, 1 + (n % 28))));
    known.addText(
      `Cough for ${number} days, worse at night, no fever ${number}`,
    );
  }
  return known;
}
