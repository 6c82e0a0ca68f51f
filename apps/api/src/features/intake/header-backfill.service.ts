import {
  withTransaction,
  type DatabaseClient,
  type Image,
  type Patient,
  type Study,
  type Tx,
} from "@lung-iris/prisma";
import type { DicomHeader } from "@lung-iris/inference";
import { InferenceError } from "@lung-iris/inference";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import type { Logger } from "../../logger.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId, newRequestId } from "../../platform/ids.ts";
import type { FilmReader } from "../../platform/inference-client.ts";
import { enqueue } from "../../platform/job-queue.ts";
import { readWhole, type ObjectStore } from "../../platform/object-store.ts";
import { filmKey } from "../films/film-keys.ts";
import { keepNames } from "../patients/patient-records.ts";
import { displayName, parseName } from "../patients/person-name.rules.ts";
import { saveSeries, studyGaps } from "./arriving-study.ts";
import {
  identifyFilm,
  type FilmIdentity,
} from "../film-identity/film-identity.rules.ts";

/** Films of one job: a minute or two, so that others get their turn. */
const FILMS_A_JOB = 50;

export interface HeaderBackfillDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  logger: Logger;
  objectStore: ObjectStore;
  filmReader: Pick<FilmReader, "header">;
}

type UnreadFilm = Image & { study: Study & { patient: Patient } };

/**
 * The job `read-headers`: films that came in before names, series, UIDs and
 * the time of the examination were kept are read again from their untouched
 * bytes, newest first. Each film is a transaction of its own, so that a job
 * that is killed goes on where it was.
 */
export class HeaderBackfillService {
  readonly #deps: HeaderBackfillDeps;

  constructor(deps: HeaderBackfillDeps) {
    this.#deps = deps;
  }

  /** Asks for the job where there is a film to read; at each start. */
  async enqueueIfNeeded(): Promise<void> {
    const unread = await this.#deps.client.image.findFirst({
      where: { headerReadAt: null },
      select: { id: true },
    });
    if (unread !== null) await this.#enqueue();
  }

  /** Reads some films and asks for the next job while any are left. */
  async run(): Promise<void> {
    const films = await this.#deps.client.image.findMany({
      where: { headerReadAt: null },
      orderBy: { id: "desc" },
      take: FILMS_A_JOB,
      include: { study: { include: { patient: true } } },
    });
    for (const film of films) await this.#readAgain(film);
    if (films.length > 0) {
      this.#deps.logger.info({ films: films.length }, "headers read again");
    }
    if (films.length === FILMS_A_JOB) await this.#enqueue();
  }

  async #enqueue(): Promise<void> {
    await withTransaction(this.#deps.client, (tx) =>
      enqueue(tx, "read-headers", "all", {}),
    );
  }

  async #readAgain(film: UnreadFilm): Promise<void> {
    const header = await this.#headerOf(film);
    const viewer = systemViewer("header-reader", newRequestId());
    await this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const site = await tx.site.findUniqueOrThrow({
        where: { id: film.siteId },
      });
      const identity = identifyFilm({
        header,
        details: {},
        siteId: film.siteId,
        siteZone: site.timeZone,
        sha256: film.sha256,
        receivedAt: film.createdAt,
      });
      await this.#keep(tx, record, film, identity);
    });
  }

  /** A file that cannot be read any more is noted, and not tried for ever. */
  async #headerOf(film: Image): Promise<DicomHeader | undefined> {
    if (film.format !== "DICOM") return undefined;
    const bytes = await readWhole(this.#deps.objectStore, filmKey(film.sha256));
    try {
      return await this.#deps.filmReader.header(bytes);
    } catch (error) {
      if (!(error instanceof InferenceError) || error.code === "busy")
        throw error;
      const { code } = error;
      this.#deps.logger.warn({ imageId: film.id, code }, "header not readable");
      return undefined;
    }
  }

  async #keep(
    tx: Tx,
    record: RecordEvent,
    film: UnreadFilm,
    identity: FilmIdentity,
  ): Promise<void> {
    const { study, siteId } = film;
    const now = this.#deps.clock.now();
    const series = await saveSeries(
      tx,
      { siteId, newId: newId(now), studyId: study.id },
      identity.series,
    );
    await tx.image.update({
      where: { id: film.id },
      data: {
        seriesId: series.id,
        sopClassUid: identity.sopClassUid,
        headerReadAt: now,
      },
    });
    const names = namesFor(study.patient, identity);
    const isNamed = await keepNames(tx, study.patient.id, names);
    const facts = studyFacts(study, identity);
    if (Object.keys(facts).length > 0)
      await tx.study.update({ where: { id: study.id }, data: facts });
    if (!isNamed && Object.keys(facts).length === 0) return;
    record({
      type: "study.updated",
      subject: { type: "study", id: study.id },
      siteId,
      patientId: study.patientId,
      details: { cause: "read again from the kept file", imageId: film.id },
    });
  }
}

/**
 * The header's names where they are those on record, which former releases
 * wrote in one line; a name that was corrected since is taken apart instead.
 */
function namesFor(patient: Patient, identity: FilmIdentity) {
  const { names } = identity.patient;
  const shown = displayName(names)?.replaceAll(",", "");
  return shown === patient.name.replaceAll(",", "")
    ? names
    : parseName(patient.name);
}

/**
 * What the header says of the examination. Its day and time stand over those
 * on record, which former releases shifted by the server's zone.
 */
function studyFacts(study: Study, { study: film }: FilmIdentity) {
  const { referringPhysician, requestedProcedure, ward } = film;
  const { studyDate, studyTime, zoneMinutes, studiedAt } = film;
  return {
    ...studyGaps(study, { referringPhysician, requestedProcedure, ward }),
    ...(studyDate === null
      ? {}
      : {
          studyDate: new Date(studyDate),
          studyTime,
          zoneMinutes,
          studiedAt,
        }),
  };
}
