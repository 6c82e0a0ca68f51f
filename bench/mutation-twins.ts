import { readdir, readFile } from "node:fs/promises";

import { filmElements, writeDicom } from "@lung-iris/dicom/writer";
import {
  encodePhantomDicom,
  encodePhantomJpeg,
  encodePhantomPng,
  makePhantom,
} from "@lung-iris/phantom";

/** A whole film whose damaged copies are compared with it. */
export interface Twin {
  name: string;
  bytes: Uint8Array;
}

const JPEG_BASELINE = "1.2.840.10008.1.2.4.50";
const PATIENT = {
  familyName: "Muster",
  givenName: "Eva",
  id: "M-1",
  birthDate: "19600101",
  sex: "F",
} as const;

/** Small samples of other people's encoders, one a codec. */
const CODEC_FILMS = new URL(
  "../packages/dicom/test-data/dicom/",
  import.meta.url,
);

/** A phantom in every format, and one film of every DICOM codec. */
export async function twins(): Promise<Twin[]> {
  const film = makePhantom({ seed: 5, width: 256, height: 256 });
  const { width, height } = film;
  const jpeg = await encodePhantomJpeg(film, { quality: 88 });
  const encapsulated = filmElements({
    rows: height,
    columns: width,
    bitsAllocated: 8,
    pixelVr: "OB",
    pixels: { fragments: [jpeg] },
  });
  const made: Twin[] = [
    { name: "PNG 8", bytes: await encodePhantomPng(film, { bits: 8 }) },
    { name: "PNG 16", bytes: await encodePhantomPng(film, { bits: 16 }) },
    { name: "JPEG", bytes: jpeg },
    {
      name: "JPEG progressive",
      bytes: await encodePhantomJpeg(film, { quality: 88, progressive: true }),
    },
    { name: "DICOM 12", bytes: encodePhantomDicom(film, PATIENT) },
    {
      name: "DICOM 8 implicit",
      bytes: encodePhantomDicom(film, PATIENT, {
        bitsStored: 8,
        transferSyntax: "implicit",
      }),
    },
    {
      name: "DICOM MONOCHROME1",
      bytes: encodePhantomDicom(film, PATIENT, { photometric: "MONOCHROME1" }),
    },
    {
      name: "DICOM JPEG",
      bytes: writeDicom(encapsulated, { transferSyntax: JPEG_BASELINE }),
    },
  ];
  const names = (await readdir(CODEC_FILMS)).filter((n) => n.endsWith(".dcm"));
  for (const name of names.sort()) {
    made.push({ name, bytes: await readFile(new URL(name, CODEC_FILMS)) });
  }
  return made;
}
