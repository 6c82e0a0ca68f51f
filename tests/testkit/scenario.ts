import { createHash, randomUUID } from "node:crypto";
import type {
  Case,
  Image,
  Patient,
  Prediction,
  Prisma,
  Study,
} from "@lung-iris/prisma";
import type { TestServer } from "./server.ts";

export interface Scenario {
  case: Case;
  patient: Patient;
  study: Study;
  image: Image;
  prediction: Prediction | null;
}

type CaseData = Prisma.CaseUncheckedCreateInput;

/**
 * A case with patient, study and film, step by step:
 * `await aCase(server, siteId).named("NGUYEN, An").assessed(0.91).create()`.
 */
export function aCase(server: TestServer, siteId: string): CaseBuilder {
  return new CaseBuilder(server, siteId);
}

class CaseBuilder {
  readonly #server: TestServer;
  readonly #siteId: string;
  readonly #number = nextNumber();
  #name = `PATIENT, Number ${String(this.#number)}`;
  #mrn = `MRN-${String(this.#number).padStart(6, "0")}`;
  #patient: Patient | null = null;
  #probability: number | null = null;
  #notAssessed: string | null = null;
  #studiedAt: Date | null = null;
  #columns: Partial<CaseData> = {};

  constructor(server: TestServer, siteId: string) {
    this.#server = server;
    this.#siteId = siteId;
  }

  named(name: string, mrn = this.#mrn): this {
    this.#name = name;
    this.#mrn = mrn;
    return this;
  }

  /** Another study of a patient who is there already. */
  of(patient: Patient): this {
    this.#patient = patient;
    return this;
  }

  studiedAt(time: Date): this {
    this.#studiedAt = time;
    return this;
  }

  /** The AI gave this probability against a threshold of 0.5. */
  assessed(probability: number): this {
    this.#probability = probability;
    return this;
  }

  notAssessed(reason: string): this {
    this.#notAssessed = reason;
    return this;
  }

  /** Any further column of the case. */
  with(columns: Partial<CaseData>): this {
    this.#columns = { ...this.#columns, ...columns };
    return this;
  }

  async create(): Promise<Scenario> {
    const { client } = this.#server.database;
    const now = this.#server.clock.now();
    const siteId = this.#siteId;
    const patient =
      this.#patient ??
      (await client.patient.create({
        data: { siteId, mrn: this.#mrn, name: this.#name },
      }));
    const study = await client.study.create({
      data: {
        siteId,
        patientId: patient.id,
        studyInstanceUid: `2.25.${String(this.#number)}`,
        studiedAt: this.#studiedAt ?? now,
        studyDate: new Date(
          (this.#studiedAt ?? now).toISOString().slice(0, 10),
        ),
        studyTime: (this.#studiedAt ?? now).toISOString().slice(11, 19),
        zoneMinutes: 0,
      },
    });
    const image = await client.image.create({
      data: {
        siteId,
        studyId: study.id,
        sha256: createHash("sha256").update(randomUUID()).digest("hex"),
        format: "PNG",
        bytes: 1000,
        width: 1024,
        height: 1280,
        bitsStored: 8,
        windowCenter: 128,
        windowWidth: 256,
        originalName: "film.png",
      },
    });
    const prediction =
      this.#probability === null
        ? null
        : await this.#predict(image.id, this.#probability);
    const row = await client.case.create({
      data: {
        siteId,
        studyId: study.id,
        patientId: patient.id,
        patientName: patient.name,
        mrn: patient.mrn ?? "",
        searchText: "",
        arrivedAt: now,
        ...this.#assessmentColumns(),
        ...this.#columns,
      },
    });
    return { case: row, patient, study, image, prediction };
  }

  #assessmentColumns(): Partial<CaseData> {
    if (this.#notAssessed !== null) {
      return {
        assessment: "NOT_ASSESSED",
        notAssessedReason: this.#notAssessed,
      };
    }
    return this.#probability === null
      ? {}
      : {
          assessment: "ASSESSED",
          probability: this.#probability,
          threshold: 0.5,
        };
  }

  async #predict(imageId: string, probability: number): Promise<Prediction> {
    const { client } = this.#server.database;
    const model = await client.modelVersion.upsert({
      where: { sha256: "a".repeat(64) },
      create: { name: "test-model", sha256: "a".repeat(64), manifest: {} },
      update: {},
    });
    return client.prediction.create({
      data: {
        imageId,
        modelVersionId: model.id,
        gateStatus: "ASSESSED",
        probability,
        threshold: 0.5,
        findings: [
          {
            code: "pneumonia",
            concept: {
              system: "SNOMED CT",
              code: "233604007",
              display: "Pneumonia",
            },
            probability,
            interval: { low: probability, high: probability },
            threshold: 0.5,
            positive: probability >= 0.5,
            group: { name: "adult", from: "default" },
          },
        ],
        cam: [],
        boxes: [],
        engine: "wasm",
        milliseconds: 12,
      },
    });
  }
}

let counter = 0;

function nextNumber(): number {
  counter += 1;
  return counter;
}
