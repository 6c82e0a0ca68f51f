import { randomUUID } from "node:crypto";
import { liveTestModel } from "./scenario.ts";
import type { TestServer } from "./server.ts";

/** A film as the watch sees it. */
export interface MonitoredFilm {
  /** When the AI answered. */
  at: Date;
  greyMean?: number;
  probability?: number;
  /** The gate refused it, for this. */
  refused?: string;
  station?: string;
  age?: number;
  sex?: "FEMALE" | "MALE" | "UNKNOWN";
}

/** What `seedFilms` made of a film. */
export interface SeededFilm {
  imageId: string;
  studyId: string;
  patientId: string;
  predictionId: string;
}

const UIDS = new Map<string, number>();

/** Films with the live model's answers, in a few statements for thousands. */
export async function seedFilms(
  server: TestServer,
  siteId: string,
  films: readonly MonitoredFilm[],
): Promise<SeededFilm[]> {
  const { client } = server.database;
  const model = await liveTestModel(server);
  const number = UIDS.get(siteId) ?? 0;
  UIDS.set(siteId, number + films.length);
  const rows = films.map((film, at) => ({
    ...film,
    patientId: randomUUID(),
    studyId: randomUUID(),
    seriesId: randomUUID(),
    imageId: randomUUID(),
    predictionId: randomUUID(),
    uid: `2.25.${String(number + at + 1)}`,
  }));
  await client.patient.createMany({
    data: rows.map(({ patientId, sex = "UNKNOWN", uid }) => ({
      id: patientId,
      siteId,
      mrn: uid,
      name: `FILM, ${uid}`,
      sex,
    })),
  });
  await client.study.createMany({
    data: rows.map(({ studyId, patientId, age, uid }) => ({
      id: studyId,
      siteId,
      patientId,
      studyInstanceUid: uid,
      patientAgeYears: age ?? null,
    })),
  });
  await client.series.createMany({
    data: rows.map(({ seriesId, studyId, station, uid }) => ({
      id: seriesId,
      siteId,
      studyId,
      seriesInstanceUid: `${uid}.1`,
      modality: "DX",
      station: station ?? null,
    })),
  });
  await client.image.createMany({
    data: rows.map(({ imageId, studyId, seriesId, at }) => ({
      id: imageId,
      siteId,
      studyId,
      seriesId,
      sha256: imageId,
      format: "DICOM" as const,
      bytes: 1,
      width: 1024,
      height: 1024,
      bitsStored: 12,
      windowCenter: 2048,
      windowWidth: 4096,
      originalName: "film.dcm",
      createdAt: at,
    })),
  });
  await client.prediction.createMany({
    data: rows.map(({ predictionId, imageId, at, refused, greyMean }) => ({
      id: predictionId,
      imageId,
      modelVersionId: model.id,
      gateStatus: refused ? ("NOT_ASSESSED" as const) : ("ASSESSED" as const),
      gateReason: refused ?? null,
      engine: "wasm",
      milliseconds: 12,
      greyMean: greyMean ?? null,
      greySpan: greyMean === undefined ? null : 0.8,
      gateDistance: refused || greyMean === undefined ? null : 1,
      createdAt: at,
    })),
  });
  const assessed = rows.filter(({ refused }) => !refused);
  await client.predictionFinding.createMany({
    data: assessed.map(({ predictionId, probability = 0.2 }) => ({
      predictionId,
      code: "pneumonia",
      probability,
      low: probability,
      high: probability,
      ownThreshold: 0.5,
      ageGroup: "adult",
      groupFrom: "default",
    })),
  });
  return rows.map(({ imageId, studyId, patientId, predictionId }) => {
    return { imageId, studyId, patientId, predictionId };
  });
}

/** What a reader signed of a film. */
export interface MonitoredSignature {
  at: Date;
  label: "NORMAL" | "PNEUMONIA" | "OTHER" | "NOT_DIAGNOSTIC";
  decision: "CONFIRM" | "OVERRIDE" | "INDEPENDENT";
  reason?: string;
  opinion?: "NORMAL" | "PNEUMONIA";
  isBlind?: boolean;
  /** By two readers. */
  truth?: "NORMAL" | "PNEUMONIA";
}

/** A signed case of a film, as the commands leave it. */
export async function seedSignature(
  server: TestServer,
  siteId: string,
  readerId: string,
  film: SeededFilm,
  signed: MonitoredSignature,
): Promise<void> {
  const { client } = server.database;
  const { at, label, decision, opinion, isBlind = false, truth } = signed;
  const row = await client.case.create({
    data: {
      siteId,
      studyId: film.studyId,
      patientId: film.patientId,
      patientName: "",
      mrn: "",
      searchText: "",
      state: "SIGNED",
      assessment: "ASSESSED",
      threshold: 0.5,
      arrivedAt: at,
      signedAt: at,
    },
  });
  const reading = await client.reading.create({
    data: {
      siteId,
      caseId: row.id,
      readerId,
      state: "SIGNED",
      startedAt: at,
      opinion: opinion ?? null,
      opinionIsBlind: opinion === undefined ? null : isBlind,
    },
  });
  const version = await client.readingVersion.create({
    data: {
      siteId,
      caseId: row.id,
      readingId: reading.id,
      readerId,
      version: 1,
      predictionId: decision === "INDEPENDENT" ? null : film.predictionId,
      label,
      decision,
      overrideReason: signed.reason ?? null,
      signedAt: at,
      createdAt: at,
    },
  });
  if (truth === undefined) return;
  await client.caseLabel.create({
    data: {
      siteId,
      caseId: row.id,
      version: 1,
      readingVersionId: version.id,
      label: truth,
      grade: "TWO_AGREE",
      since: at,
    },
  });
}
