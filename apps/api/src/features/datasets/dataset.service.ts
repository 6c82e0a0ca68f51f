import type { Dataset, DatabaseClient, Tx } from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleDatasets, visiblePatients } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/job-queue.ts";
import { BY_ID, pageBy, type Page } from "../../platform/pagination.ts";
import {
  storedFilter,
  type DatasetCounts,
  type DatasetFilterValues,
} from "../dataset-files/dataset-filter.ts";
import { learningCounts, type LearningCounts } from "./dataset-learning.ts";
import { storedFormat } from "../dataset-files/dataset-format.ts";
import { chooseFilms, countCases } from "./dataset-choice.ts";
import {
  countHolding,
  findDatasets,
  findHolding,
  insertMembers,
} from "./dataset.store.ts";
import { retryDataset } from "./dataset-retry.ts";
import { splitsOfPatients } from "../dataset-files/patient-splits.ts";

const LONGEST_NAME = 120;

export interface DatasetServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  /** The installation's secret; pseudonyms and splits come from it. */
  secret: string;
}

/** Exports of labelled data: asked for, listed, fetched. */
export class DatasetService {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;
  readonly #clock: Clock;
  readonly #secret: string;

  constructor(deps: DatasetServiceDeps) {
    this.#client = deps.client;
    this.#secret = deps.secret;
    this.#audit = deps.audit;
    this.#clock = deps.clock;
  }

  /** How much a filter takes; audited, because counting is looking. */
  async preview(
    viewer: Viewer,
    values: DatasetFilterValues,
  ): Promise<DatasetCounts> {
    const { siteId } = values;
    assertCan(viewer, "dataset:create", { what: "site", siteId });
    const filter = storedFilter(values);
    const counts = await countCases(this.#client, filter, this.#clock.now());
    await this.#audit.recordLook(viewer, {
      type: "dataset.previewed",
      subject: { type: "dataset", id: siteId },
      siteId,
      patientId: null,
      details: { filter: { ...filter }, counts: { ...counts } },
    });
    return counts;
  }

  /** Freezes the choice, film by film, and queues the export. */
  async create(
    viewer: Viewer,
    name: string,
    values: DatasetFilterValues,
    wanted: { pictureText?: string | null; dicom?: string | null } | null,
  ): Promise<Dataset> {
    const { siteId } = values;
    assertUserCan(viewer, "dataset:create", { what: "site", siteId });
    const title = name.trim();
    if (title === "" || title.length > LONGEST_NAME) {
      throw new BadInputError(
        `A dataset's name has 1 to ${String(LONGEST_NAME)} characters.`,
        ["name"],
      );
    }
    const filter = storedFilter(values);
    const now = this.#clock.now();
    const counts = await countCases(this.#client, filter, now);
    const format = storedFormat(wanted);
    const { films, leftOut } = await chooseFilms(
      this.#client,
      filter,
      format,
      now,
    );
    if (films.length === 0) {
      throw new BadInputError("No signed case fits this choice.", ["filter"]);
    }
    const splitOf = await splitsOfPatients(
      this.#client,
      this.#secret,
      siteId,
      films.map(({ patientId }) => patientId),
    );
    const members = films.map((film) => ({
      ...film,
      split: splitOf(film.patientId),
    }));
    return this.#audit.changeAndRecord(viewer, async (tx, record) => {
      const dataset = await tx.dataset.create({
        data: {
          id: newId(now),
          siteId,
          createdById: viewer.userId,
          name: title,
          filter: { ...filter },
          format,
          total: members.length,
          leftOut,
          createdAt: now,
        },
      });
      await insertMembers(tx, dataset.id, members);
      await enqueue(tx, "export-dataset", dataset.id, {
        datasetId: dataset.id,
        requestId: viewer.origin.requestId,
      });
      record({
        type: "dataset.created",
        subject: { type: "dataset", id: dataset.id },
        siteId,
        patientId: null,
        after: { name: title, filter: { ...filter }, format },
        details: { counts: { ...counts } },
      });
      return dataset;
    });
  }

  /**
   * Has a failed dataset written once more, with the same members.
   *
   * @throws NOT_FOUND, CONFLICT where it did not fail, MEMBERS_GONE where its
   *   films are not all there.
   */
  retry(viewer: Viewer, id: string): Promise<Dataset> {
    assertUserCan(viewer, "dataset:create");
    return this.#audit.changeAndRecord(viewer, (tx, record) =>
      retryDataset(tx, record, viewer, { id, secret: this.#secret }),
    );
  }

  async list(
    viewer: Viewer,
    first: number,
    after: string | null | undefined,
  ): Promise<Page<Dataset>> {
    assertCan(viewer, "dataset:read");
    return pageBy({ first, after }, BY_ID, (beyond, take) =>
      findDatasets(this.#client, visibleDatasets(viewer), beyond, take),
    );
  }

  /** Those that hold films of a patient, whatever became of them since. */
  async holding(
    viewer: Viewer,
    patientId: string,
    first: number,
    after: string | null | undefined,
  ): Promise<Page<Dataset>> {
    assertCan(viewer, "dataset:read");
    const patient = isUuid(patientId)
      ? await this.#client.patient.findFirst({
          where: { AND: [visiblePatients(viewer), { id: patientId }] },
          select: { id: true },
        })
      : null;
    if (patient === null) throw new NotFoundError("patient");
    return pageBy({ first, after }, BY_ID, (beyond, take) =>
      findHolding(
        this.#client,
        visibleDatasets(viewer),
        patient.id,
        beyond,
        take,
      ),
    );
  }

  /** How many hold films of a patient; for who records a withdrawal. */
  countHolding(tx: Tx, patientId: string): Promise<number> {
    return countHolding(tx, patientId);
  }

  /** `null` when there is none or the viewer may not see it. */
  async find(viewer: Viewer, id: string): Promise<Dataset | null> {
    assertCan(viewer, "dataset:read");
    if (!isUuid(id)) return null;
    return this.#client.dataset.findFirst({
      where: { AND: [visibleDatasets(viewer), { id }] },
    });
  }

  /**
   * A dataset with what of it may be learnt from now; for who learns.
   *
   * @throws NOT_FOUND
   */
  async toLearnFrom(
    tx: Tx,
    viewer: Viewer,
    id: string,
  ): Promise<{ dataset: Dataset; learning: LearningCounts }> {
    assertCan(viewer, "dataset:read");
    const dataset = isUuid(id)
      ? await tx.dataset.findFirst({
          where: { AND: [visibleDatasets(viewer), { id }] },
        })
      : null;
    if (dataset === null) throw new NotFoundError("dataset");
    const learning = await learningCounts(tx, dataset, this.#secret);
    return { dataset, learning };
  }

  /**
   * The finished export's object; audited as a download. `isWhole` is false
   * for a request that goes on where another broke off.
   */
  async openDownload(
    viewer: Viewer,
    id: string,
    isWhole: boolean,
  ): Promise<{ dataset: Dataset; key: string; sha256: string }> {
    const dataset = await this.find(viewer, id);
    if (!dataset) throw new NotFoundError("dataset");
    const { objectKey, sha256, siteId } = dataset;
    if (dataset.state !== "READY" || objectKey === null || sha256 === null) {
      throw new ConflictError("CONFLICT", "This dataset is not ready yet.");
    }
    await this.#audit.recordLook(viewer, {
      type: "dataset.downloaded",
      subject: { type: "dataset", id },
      siteId,
      patientId: null,
      details: { sha256, isWhole },
    });
    return { dataset, key: objectKey, sha256 };
  }
}
