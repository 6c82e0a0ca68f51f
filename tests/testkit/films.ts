import {
  encodePhantomDicom,
  encodePhantomPng,
  makeNotAChest,
  makePhantom,
  type DicomOptions,
  type DicomPatient,
} from "@lung-iris/phantom";
import type { TestClient } from "./client.ts";
import { z } from "zod";

/** A synthetic chest film, small enough to be made in a blink. */
export async function chestPng(seed: number, size = 192): Promise<Buffer> {
  const film = makePhantom({ seed, size, ageYears: 40, pathology: "none" });
  return Buffer.from(await encodePhantomPng(film, { bits: 8 }));
}

/** The same as DICOM with a header of the patient's. */
export function chestDicom(
  seed: number,
  patient: DicomPatient,
  options: Partial<DicomOptions> = {},
): Buffer {
  const film = makePhantom({ seed, size: 192, ageYears: 40 });
  return Buffer.from(encodePhantomDicom(film, patient, options));
}

/** A picture that the input gate refuses. */
export async function handPng(seed: number): Promise<Buffer> {
  const film = makeNotAChest("hand", seed);
  return Buffer.from(await encodePhantomPng(film, { bits: 8 }));
}

/** The same DICOM file with a line of 16 pixels drawn over it (group 6000). */
export function withDrawing(dicom: Buffer): Buffer {
  const pixelData = Buffer.from([0xe0, 0x7f, 0x10, 0x00]);
  const at = dicom.indexOf(pixelData);
  if (at < 0) throw new Error("no pixels in the DICOM file");
  const element = (number: number, vr: string, value: Buffer): Buffer => {
    const head = Buffer.from([0x00, 0x60, number & 0xff, number >> 8]);
    const isLong = vr === "OW";
    const length = Buffer.alloc(isLong ? 6 : 2);
    if (isLong) length.writeUInt32LE(value.length, 2);
    else length.writeUInt16LE(value.length);
    return Buffer.concat([head, Buffer.from(vr), length, value]);
  };
  const words = (...values: number[]): Buffer =>
    Buffer.from(Uint16Array.from(values).buffer);
  return Buffer.concat([
    dicom.subarray(0, at),
    element(0x0010, "US", words(1)),
    element(0x0011, "US", words(16)),
    element(0x0040, "CS", Buffer.from("G ")),
    element(0x0050, "SS", words(3, 5)),
    element(0x0102, "US", words(0)),
    element(0x3000, "OW", words(0xffff)),
    dicom.subarray(at),
  ]);
}

/** The same DICOM file saying that it is a CT slice. */
export function asCtSlice(dicom: Buffer): Buffer {
  return asModality(dicom, "CT");
}

/** The same DICOM file with another modality of two letters: (0008,0060) CS. */
export function asModality(dicom: Buffer, modality: string): Buffer {
  const element = Buffer.from([0x08, 0x00, 0x60, 0x00, 0x43, 0x53, 0x02, 0x00]);
  const at = dicom.indexOf(element);
  if (at < 0) throw new Error("no modality in the DICOM file");
  const copy = Buffer.from(dicom);
  copy.write(modality, at + element.length, "latin1");
  return copy;
}

const resultSchema = z.object({
  file: z.string(),
  outcome: z.enum(["accepted", "duplicate", "refused", "set-aside"]),
  caseId: z.string().nullable(),
  imageId: z.string().nullable(),
  studyId: z.string().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  canBeTaken: z.boolean(),
  modality: z.string().nullable(),
});
export type UploadResult = z.infer<typeof resultSchema>;

const uploadSchema = z.object({
  results: z.array(resultSchema),
  warnings: z.array(z.string()),
});

export interface FilmPart {
  name: string;
  bytes: Buffer;
}

export function uploadForm(
  fields: Readonly<Record<string, string>>,
  films: readonly FilmPart[],
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const { name, bytes } of films) {
    form.append("film", new Blob([new Uint8Array(bytes)]), name);
  }
  return form;
}

/** Uploads as a browser does; the status must be 200. */
export async function upload(
  client: TestClient,
  films: readonly FilmPart[],
  fields: Readonly<Record<string, string>> = {},
): Promise<{ results: UploadResult[]; warnings: string[] }> {
  const response = await client.fetch("/upload", {
    method: "POST",
    body: uploadForm(fields, films),
  });
  const body: unknown = await response.json();
  if (response.status !== 200) throw new Error(JSON.stringify(body));
  return uploadSchema.parse(body);
}

/** Uploads one film that must be accepted. */
export async function uploadOne(
  client: TestClient,
  bytes: Buffer,
  fields: Readonly<Record<string, string>> = {},
): Promise<{ caseId: string; imageId: string; studyId: string }> {
  const films = [{ name: "film.png", bytes }];
  const { results } = await upload(client, films, fields);
  const [result] = results;
  const { caseId, imageId, studyId } = result ?? {};
  if (!caseId || !imageId || !studyId) {
    throw new Error(`not accepted: ${JSON.stringify(result)}`);
  }
  return { caseId, imageId, studyId };
}
