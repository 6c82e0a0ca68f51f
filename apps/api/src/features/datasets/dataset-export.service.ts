import type { Dataset, DatabaseClient, Tx } from "@lung-iris/prisma";
import { withTransaction } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Logger } from "../../logger.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import type { FilmReader } from "../../platform/inference-client.ts";
import type { JobPayload } from "../../platform/job-queue.ts";
import type { Attempt } from "../../platform/job-worker.ts";
import { notify } from "../../platform/notifications.ts";
import {
  ObjectStoreError,
  readWhole,
  type ObjectStore,
  type StagedObject,
} from "../../platform/object-store.ts";
import { filmKey } from "../films/film-keys.ts";
import { orientationOf } from "../films/film-orientation.ts";
import { cocoJson, type ExportImage } from "../dataset-files/coco.ts";
import { DatasetArchive } from "../dataset-files/dataset-archive.ts";
import { datasetFilterSchema } from "../dataset-files/dataset-filter.ts";
import { listedPatients, type StateEvent } from "./dataset-export.events.ts";
import {
  contentsList,
  type ExportModel,
} from "../dataset-files/contents-list.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import type {
  ExportScanService,
  ScanResult,
} from "../export-scan/export-scan.service.ts";
import { datasetFormatSchema } from "../dataset-files/dataset-format.ts";
import {
  failureOf,
  HeldBackError,
  NoMembersError,
  NothingLeftError,
  type ExportFailure,
} from "./export-failure.ts";
import { noteText, readMembers } from "./dataset.store.ts";
import { dicomFilm } from "../dataset-files/dicom-film.ts";
import {
  exportFilm,
  lettersIn,
  type Member,
} from "../dataset-files/export-film.ts";
import { labelsCsv, type LabelRow } from "../dataset-files/labels-csv.ts";
import {
  manifestCsv,
  type ManifestFilm,
} from "../dataset-files/manifest-csv.ts";
import { pseudonymsFor } from "../dataset-files/pseudonyms.ts";

/** Progress is told after this many films. */
const TELL_EVERY = 10;
/** The log says how far the second look is after this many files. */
const NOTE_EVERY = 100;

export interface DatasetExportDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  objectStore: ObjectStore;
  policies: SitePolicies;
  filmReader: Pick<FilmReader, "share">;
  /** The second look at what was written. */
  scan: Pick<ExportScanService, "scan">;
  /** The installation's secret; the pseudonyms' keys come from it. */
  secret: string;
  logger: Logger;
}

type Job = JobPayload<"export-dataset">;

/** The job `export-dataset`: signed cases in, one checksummed ZIP out. */
export class DatasetExportService {
  readonly #deps: DatasetExportDeps;

  constructor(deps: DatasetExportDeps) {
    this.#deps = deps;
  }

  /** Writes the export; may run again after a failure, from the start. */
  async run(job: Job, attempt: Attempt): Promise<void> {
    const { datasetId, requestId } = job;
    const dataset = await this.#start(job);
    if (!dataset) return;
    try {
      await this.#export(dataset, job);
    } catch (error) {
      // Written again it would be the same.
      if (error instanceof HeldBackError) {
        await this.#holdBack(job, error);
        return;
      }
      if (!attempt.isLast) throw error;
      const { logger } = this.#deps;
      logger.error(
        { err: error, datasetId, requestId },
        "an export failed for good",
      );
      await this.giveUp(job, failureOf(error));
    }
  }

  /** Shows the export as failed, with why; safe to run twice. */
  async giveUp(job: Job, { code, reason }: ExportFailure): Promise<void> {
    await this.#change(job, async (tx, dataset) => {
      if (dataset.state === "READY" || dataset.state === "FAILED") return null;
      await tx.dataset.update({
        where: { id: dataset.id },
        data: {
          state: "FAILED",
          failure: code,
          error: reason,
          finishedAt: this.#deps.clock.now(),
        },
      });
      return [{ type: "dataset.failed", details: { reason } }];
    });
  }

  /** The file is thrown away; what stands in the row says where, never what. */
  async #holdBack(job: Job, { result }: HeldBackError): Promise<void> {
    const { leaks, total } = result;
    const { datasetId, requestId } = job;
    const { logger, clock } = this.#deps;
    logger.error({ datasetId, requestId, total }, "an export was held back");
    await this.#change(job, async (tx, dataset) => {
      if (dataset.state === "READY" || dataset.state === "FAILED") return null;
      await tx.dataset.update({
        where: { id: dataset.id },
        data: {
          state: "FAILED",
          failure: "HELD_BACK",
          error: `The finished file was held back: ${String(total)} places in it could tell who somebody is.`,
          leaks: leaks.map((leak) => ({ ...leak })),
          leakCount: total,
          finishedAt: clock.now(),
        },
      });
      return [{ type: "dataset.held-back", details: { places: total, leaks } }];
    });
  }

  /** `null` when there is nothing left to do. */
  async #start(job: Job): Promise<Dataset | null> {
    return this.#change(job, async (tx, dataset) => {
      if (dataset.state !== "QUEUED") return null;
      await tx.dataset.update({
        where: { id: dataset.id },
        data: { state: "RUNNING" },
      });
      return [{ type: "dataset.started", details: {} }];
    });
  }

  async #export(dataset: Dataset, job: Job): Promise<void> {
    const archive = new DatasetArchive();
    const staging = this.#deps.objectStore.stage(archive.output);
    // A write error shows at the reading end first; it is awaited below.
    staging.catch((error: unknown) => archive.abort(asError(error)));
    let staged: StagedObject | null = null;
    try {
      const patients = await this.#fill(archive, dataset, job);
      staged = await staging;
      const scan = await this.#deps.scan.scan(
        staged.path,
        dataset.id,
        (files) => this.#noteScanned(dataset, files),
      );
      if (scan.total > 0) throw new HeldBackError(scan);
      const key = `datasets/${dataset.id}.zip`;
      await staged.commit(key);
      await this.#finish(job, key, staged, { patients, scan });
    } catch (error) {
      archive.abort(asError(error));
      // The store's own error says more than the stream's that it broke.
      await staging.catch((cause: unknown) => {
        if (cause instanceof ObjectStoreError && cause.code === "full")
          throw cause;
      });
      throw error;
    } finally {
      await staged?.discard();
    }
  }

  /** Answers whose films are in it. */
  async #fill(
    archive: DatasetArchive,
    dataset: Dataset,
    job: Job,
  ): Promise<ReadonlySet<string>> {
    const { client, objectStore, filmReader, policies, secret } = this.#deps;
    const format = datasetFormatSchema.parse(dataset.format);
    const { pictureText, dicom } = format;
    const names = pseudonymsFor(secret, dataset.siteId);
    const labels: LabelRow[] = [];
    const films: ManifestFilm[] = [];
    const images: ExportImage[] = [];
    const models = new Map<string, ExportModel>();
    const patients = new Set<string>();
    let [done, leftOut, blanked] = [0, 0, 0];
    for await (const member of readMembers(client, dataset.id)) {
      const { siteId, policyVersion } = member.case;
      const policy = await policies.at(siteId, policyVersion);
      // Removed, or moved to another study, since it was chosen.
      const { removedAt, studyId } = member.image;
      if (removedAt !== null || studyId !== member.case.study.id) {
        leftOut += 1;
        continue;
      }
      const row = exportFilm(member, names, policy);
      const { sha256, bitsStored } = member.image;
      const film = await readWhole(objectStore, filmKey(sha256));
      const shared = await filmReader.share(
        film,
        bitsStored,
        {
          pictureText: pictureText === "BLANK" ? "blank" : "leave-out",
          withSamples: dicom !== "NONE",
        },
        orientationOf(member.image),
      );
      if (shared.hasText) await this.#noteText(member, job);
      if (shared.picture === null) {
        leftOut += 1;
        continue;
      }
      if (shared.hasText) blanked += 1;
      await archive.add(row.fileName, shared.picture);
      const { samples } = shared;
      if (dicom !== "NONE" && samples !== null)
        await archive.add(
          `dicom/${names.image(member.imageId)}.dcm`,
          dicomFilm(
            { ...shared, samples },
            row.label,
            {
              patientId: member.case.study.patient.id,
              studyId: member.case.study.id,
              seriesId: member.image.seriesId,
              imageId: member.imageId,
              studyDate: member.case.study.studyDate,
            },
            names,
            dicom,
          ),
        );
      patients.add(member.case.study.patient.id);
      labels.push(row.label);
      films.push(row.manifest);
      images.push(row.coco);
      const { model_sha256: modelSha256, model_name: name } = row.label;
      if (modelSha256 !== null && name !== null)
        // A recalibrated model has the weights of the one that it was.
        models.set(`${modelSha256} ${name}`, { name, sha256: modelSha256 });
      done += 1;
      if (done % TELL_EVERY === 0) await this.#tell(dataset, { done });
    }
    if (done + leftOut === 0) throw new NoMembersError();
    if (done === 0) throw new NothingLeftError();
    await archive.add("manifest.csv", manifestCsv(films));
    await archive.add("labels.csv", labelsCsv(labels));
    await archive.add("coco.json", cocoJson(images, names.dataset(dataset.id)));
    const contents = contentsList({
      filter: datasetFilterSchema.parse(dataset.filter),
      labels,
      burntIn: dataset.leftOut + leftOut,
      blanked,
      format,
      names,
      models: [...models.values()],
      files: [...archive.files],
    });
    await archive.add("contents.json", contents);
    await archive.addChecksums();
    await archive.finish();
    await this.#tell(dataset, { done, textFound: leftOut + blanked });
    return patients;
  }

  /** Films of former releases came in before anybody looked for letters. */
  async #noteText(
    { image, case: { study } }: Member,
    { requestId = newRequestId() }: Job,
  ): Promise<void> {
    if (lettersIn(image) === "found") return;
    const viewer = systemViewer("dataset-export", requestId);
    await this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      if (!(await noteText(tx, image.id))) return;
      record({
        type: "image.text-found",
        subject: { type: "image", id: image.id },
        siteId: image.siteId,
        patientId: study.patient.id,
        details: {},
      });
    });
  }

  /** The second look at large films takes minutes: the log says where it is. */
  #noteScanned({ id: datasetId }: Dataset, files: number): Promise<void> {
    if (files % NOTE_EVERY === 0)
      this.#deps.logger.info({ datasetId, files }, "an export is looked at");
    return Promise.resolve();
  }

  async #tell(
    dataset: Dataset,
    data: { done: number; textFound?: number },
  ): Promise<void> {
    const { id, siteId } = dataset;
    await withTransaction(this.#deps.client, async (tx) => {
      await tx.dataset.update({ where: { id }, data });
      await notify(tx, { topic: "dataset", datasetId: id, siteId });
    });
  }

  async #finish(
    job: Job,
    objectKey: string,
    { bytes, sha256 }: StagedObject,
    done: { patients: ReadonlySet<string>; scan: ScanResult },
  ): Promise<void> {
    await this.#change(job, async (tx, now) => {
      if (now.state === "READY") return null;
      await tx.dataset.update({
        where: { id: now.id },
        data: {
          state: "READY",
          objectKey,
          bytes: BigInt(bytes),
          sha256,
          total: now.done,
          failure: null,
          error: null,
          finishedAt: this.#deps.clock.now(),
        },
      });
      return [
        {
          type: "dataset.ready",
          details: {
            bytes,
            sha256,
            films: now.done,
            scan: { files: done.scan.files, values: done.scan.values },
          },
        },
        ...listedPatients([...done.patients].sort()),
      ];
    });
  }

  /** One change of state with its event; the row as it is afterwards. */
  async #change(
    { datasetId, requestId = newRequestId() }: Job,
    change: (tx: Tx, dataset: Dataset) => Promise<StateEvent[] | null>,
  ): Promise<Dataset | null> {
    const viewer = systemViewer("dataset-export", requestId);
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      await tx.$queryRaw`SELECT 1 FROM "Dataset" WHERE "id" = ${datasetId}::uuid FOR UPDATE`;
      const dataset = await tx.dataset.findUnique({ where: { id: datasetId } });
      if (!dataset) return null;
      const events = await change(tx, dataset);
      if (events !== null) {
        const { siteId } = dataset;
        await notify(tx, { topic: "dataset", datasetId, siteId });
        for (const event of events)
          record({
            ...event,
            subject: { type: "dataset", id: datasetId },
            siteId,
            patientId: null,
          });
      }
      return tx.dataset.findUniqueOrThrow({ where: { id: datasetId } });
    });
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
