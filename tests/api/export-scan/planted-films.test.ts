/**
 * 300 films with somebody's name, numbers and dates in every place that a film
 * has for them, through the real decoder, writer and scan: none may leave.
 */
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { crc32 } from "node:zlib";
import { AS_STORED } from "@lung-iris/inference";
import {
  filmElements,
  writeDicom,
  type DicomElement,
} from "@lung-iris/dicom/writer";
import {
  encodePhantomJpeg,
  encodePhantomPng,
  makePhantom,
} from "@lung-iris/phantom";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DatasetArchive } from "../../../apps/api/src/features/dataset-files/dataset-archive.ts";
import { dicomFilm } from "../../../apps/api/src/features/dataset-files/dicom-film.ts";
import { pseudonymsFor } from "../../../apps/api/src/features/dataset-files/pseudonyms.ts";
import { scanArchive } from "../../../apps/api/src/features/export-scan/export-scan.service.ts";
import { FORMAT_WORDS } from "../../../apps/api/src/features/export-scan/json-check.ts";
import { KnownValues } from "../../../apps/api/src/features/export-scan/known-values.ts";
import {
  createFilmReader,
  type FilmReader,
} from "../../../apps/api/src/platform/inference-client.ts";
import { writeLetters } from "../../testkit/letters.ts";
import { readZip } from "../../testkit/zip.ts";

const FILMS = 300;
/** Each third film has the name in its pixels as well. */
const BURNT_EVERY = 3;
const LINE = "NGUYEN VAN AN 1957";

let reader: FilmReader;
let folder: string;
beforeAll(async () => {
  reader = await createFilmReader({ threads: 1 });
  folder = await mkdtemp(join(tmpdir(), "planted-films-"));
});
afterAll(async () => {
  await reader.close();
  await rm(folder, { recursive: true, force: true });
});

/** What stands in film number `at`. */
function planted(at: number) {
  const number = String(at).padStart(4, "0");
  return {
    family: `Nguyenxuan${number}`,
    given: `Thibich${number}`,
    mrn: `MRN-7700${number}`,
    accession: `ACC-99${number}`,
    birth: `19570${String(1 + (at % 9))}12`,
    uid: `1.2.840.99999.7.${number}`,
    words: `Spoke with the son of bed ${number} about the cough`,
  };
}
type Planted = ReturnType<typeof planted>;

/** Every text that a DICOM header can hold, private and nested ones too. */
function header(of: Planted): DicomElement[] {
  const name = `${of.family}^${of.given}`;
  const all = [name, of.mrn, of.accession, of.birth, of.words].join(" ");
  const item: DicomElement[] = [
    ["00100010", "PN", name],
    ["00400007", "LO", all.slice(0, 64)],
  ];
  return [
    ["00080005", "CS", "ISO_IR 192"],
    ["00080018", "UI", of.uid],
    ["00080020", "DA", of.birth],
    ["00080050", "SH", of.accession],
    ["00080080", "LO", all.slice(0, 64)],
    ["00080090", "PN", name],
    ["00081030", "LO", of.words],
    ["00091001", "LO", all.slice(0, 64)],
    ["00100010", "PN", name],
    ["00100020", "LO", of.mrn],
    ["00100030", "DA", of.birth],
    ["00101040", "LO", all.slice(0, 64)],
    ["00104000", "LT", all],
    ["0020000D", "UI", of.uid],
    ["00204000", "LT", all],
    ["00321060", "LO", of.words],
    ["00400275", "SQ", [item]],
    ["FFFCFFFC", "OB", Buffer.from(all)],
  ];
}

async function filmOf(at: number): Promise<Buffer> {
  const of = planted(at);
  const phantom = makePhantom({ seed: at % 12, size: 160, ageYears: 50 });
  const film = { ...phantom, pixels: new Uint16Array(phantom.pixels) };
  if (at % BURNT_EVERY === 0)
    writeLetters(film, LINE, {
      x: 20,
      y: 10 + ((at * 7) % 130),
      dot: 1,
      value: film.maxValue,
    });
  const all = Object.values(of).join(" ");
  if (at % 4 === 0) {
    const png = Buffer.from(await encodePhantomPng(film, { bits: 16 }));
    const texts = [
      chunk("tEXt", `Author\0${all}`),
      chunk("tIME", "\x07\xa5\x03\x0c\x00\x00\x00"),
      chunk("prVt", all),
    ];
    return Buffer.concat([png.subarray(0, 33), ...texts, png.subarray(33)]);
  }
  if (at % 4 === 1) {
    const jpeg = Buffer.from(await encodePhantomJpeg(film));
    const comment = Buffer.from(`\xff\xfe\0\0${all}`, "latin1");
    comment.writeUInt16BE(comment.length - 2, 2);
    // Behind the start of image; a comment, and bytes behind the end.
    return Buffer.concat([
      jpeg.subarray(0, 2),
      comment,
      jpeg.subarray(2),
      Buffer.from(all),
    ]);
  }
  return writeDicom(
    filmElements({
      rows: film.height,
      columns: film.width,
      pixels: [...film.pixels],
      more: header(of),
    }),
  );
}

function chunk(type: string, data: string): Buffer {
  const body = Buffer.from(type + data, "latin1");
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length - 4, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

it("lets nothing out of 300 films that are full of it", async () => {
  const names = pseudonymsFor("a secret of at least thirty-two letters", "s");
  const known = new KnownValues(FORMAT_WORDS);
  const archive = new DatasetArchive();
  const path = join(folder, "planted.zip");
  const written = pipeline(archive.output, createWriteStream(path));
  let [leftOut, out] = [0, 0];
  for (let at = 0; at < FILMS; at += 1) {
    const of = planted(at);
    known.addName([of.family, of.given]);
    known.add("RECORD_NUMBER", of.mrn);
    known.add("ACCESSION_NUMBER", of.accession);
    known.add("UID", of.uid);
    known.add("DATE", of.birth);
    known.addText(of.words);
    const options = { pictureText: "leave-out", withSamples: true } as const;
    const film = await filmOf(at);
    const shared = await reader.share(film, 12, options, AS_STORED);
    const { picture, samples } = shared;
    if (picture === null || samples === null) {
      leftOut += 1;
      continue;
    }
    out += 1;
    const image = names.image(String(at));
    await archive.add(`images/${image}.png`, picture);
    await archive.add(
      `dicom/${image}.dcm`,
      dicomFilm(
        { ...shared, samples },
        {
          patient: names.patient(String(at)),
          sex: "FEMALE",
          age_years: 68,
          view: "PA",
          study_year: 2026,
        },
        {
          patientId: String(at),
          studyId: of.uid,
          seriesId: null,
          imageId: String(at),
          studyDate: new Date("2026-02-28"),
        },
        names,
        at % 2 === 0 ? "SHIFTED" : "REMOVED",
      ),
    );
  }
  await archive.addChecksums();
  await archive.finish();
  await written;

  // Those with letters stay here, and no other.
  expect(leftOut).toBe(FILMS / BURNT_EVERY);
  const result = await scanArchive(path, {
    known,
    models: [],
    findsText: (film) => reader.hasText(film),
  });
  expect(result.leaks).toEqual([]);
  expect(result.files).toBe(2 * out + 1);
  // And looked for once more, plainly, by code that shares nothing with either.
  const zip = await readFile(path);
  const contents = [zip, ...readZip(zip).values()].map((bytes) =>
    bytes.toString("latin1"),
  );
  for (let at = 0; at < FILMS; at += 1)
    for (const value of Object.values(planted(at)))
      for (const content of contents.filter((text) => text.includes(value)))
        // Eight digits alone can stand in packed pixels by chance.
        expect(/^\d{8}$/.test(value) ? "" : content.slice(0, 8), value).toBe(
          "",
        );
}, 240_000);
