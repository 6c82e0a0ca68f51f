import { createHash, randomUUID } from "node:crypto";
import type {
  Case,
  Image,
  ModelVersion,
  Patient,
  Prediction,
  Prisma,
  Study,
} from "@lung-iris/prisma";
import type { Clock } from "../../apps/api/src/platform/clock.ts";
import type { TestServer } from "./server.ts";

/** What rows are made with: a server of the tests, or a desk beside them. */
interface RowsOf {
  database: TestServer["database"];
  clock: Clock;
}

export interface Scenario {
  case: Case;
  patient: Patient;
  study: Study;
  image: Image;
  prediction: Prediction | null;
}

type CaseData = Prisma.CaseUncheckedCreateInput;

/** The content's hash of a film that is in no database yet. */
export function anySha256(): string {
  return createHash("sha256").update(randomUUID()).digest("hex");
}

/**
 * A case with patient, study and film, step by step:
 * `await aCase(server, siteId).named("NGUYEN, An").assessed(0.91).create()`.
 */
export function aCase(server: RowsOf, siteId: string): CaseBuilder {
  return new CaseBuilder(server, siteId);
}

class CaseBuilder {
  readonly #server: RowsOf;
  readonly #siteId: string;
  readonly #number = nextNumber();
  #name = `PATIENT, Number ${String(this.#number)}`;
  #mrn = `MRN-${String(this.#number).padStart(6, "0")}`;
  #patient: Patient | null = null;
  #probability: number | null = null;
  #notAssessed: string | null = null;
  #studiedAt: Date | null = null;
  #columns: Partial<CaseData> = {};

  constructor(server: RowsOf, siteId: string) {
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
        sha256: anySha256(),
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
        shownPredictionId: prediction?.id ?? null,
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
    const model = await liveTestModel(this.#server);
    const prediction = await client.prediction.create({
      data: {
        imageId,
        modelVersionId: model.id,
        gateStatus: "ASSESSED",
        engine: "wasm",
        milliseconds: 12,
      },
    });
    await client.predictionFinding.create({
      data: {
        predictionId: prediction.id,
        code: "pneumonia",
        score: Math.log(probability / (1 - probability)),
        probability,
        low: probability,
        high: probability,
        ownThreshold: 0.5,
        ageGroup: "adult",
        groupFrom: "default",
      },
    });
    return prediction;
  }
}

/** A model without a folder, live unless another one is. */
export async function liveTestModel(server: RowsOf): Promise<ModelVersion> {
  const { client } = server.database;
  const weights = { sha256: "a".repeat(64), bytes: 1, parameters: 1 };
  const known = await client.modelVersion.findFirst({
    where: { sha256: weights.sha256 },
  });
  const model =
    known ??
    (await client.modelVersion.create({
      data: {
        name: "test-model",
        sha256: weights.sha256,
        manifest: {
          id: "test-model",
          weights,
          input: { size: 64 },
          findings: [],
        },
      },
    }));
  const live = await client.modelRole.findFirst({
    where: { siteId: null, role: "LIVE", until: null },
  });
  if (live === null) {
    await client.modelRole.create({
      data: {
        modelVersionId: model.id,
        role: "LIVE",
        since: server.clock.now(),
        byId: "SYSTEM",
        byName: "test",
      },
    });
  }
  return model;
}

let counter = 0;

function nextNumber(): number {
  counter += 1;
  return counter;
}
