import { basename } from "node:path";
import { headOf } from "../../platform/file-head.ts";
import type { DatabaseClient } from "@lung-iris/prisma";
import type { FilmInfo } from "@lung-iris/inference";
import { assertCan } from "../../access/authorize.ts";
import type { SystemViewer, UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { byFileOf, type ByFile } from "../../platform/by-files.ts";
import type { Clock } from "../../platform/clock.ts";
import { Gate } from "../../platform/gate.ts";
import { newId } from "../../platform/ids.ts";
import type { FilmReader } from "../../platform/inference-client.ts";
import { putBytes } from "../../platform/object-store.ts";
import type { ObjectStore, StagedObject } from "../../platform/object-store.ts";
import type { AssignArrival } from "../assignment/assign-by-rules.ts";
import type { CaseRetakeCommands } from "../retakes/case-retake.commands.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import type { EnterCase } from "../policies/case-entry.ts";
import {
  EMPTY_FILM,
  refusalFrom,
  type Refusal,
} from "../films/film-refusal.ts";
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import { filmKey, thumbnailKey } from "../films/film-keys.ts";
import { LIES_AS_STORED } from "../films/film-orientation.ts";
import { forgetArriving, noteArriving } from "./arriving-film.store.ts";
import { KnownFilmError, acceptFilm } from "./film-arrival.ts";
import type { FilmOutcome, IncomingFilm } from "./film-outcome.ts";
import { findKnownFilm, type KnownFilm } from "./ingest.store.ts";

type Sender = UserViewer | SystemViewer;

/** What the service is made of. */
export interface IngestDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  commands: CaseCommands;
  /** What readers asked to be taken again. */
  retakes: CaseRetakeCommands;
  /** Where a new case enters the worklist. */
  enter: EnterCase;
  /** Who is given a new case. */
  assignArrival: AssignArrival;
  objectStore: ObjectStore;
  inspector: Pick<FilmReader, "inspect">;
  maxBytes: number;
  /**
   * Films decoded and written down at once. All others wait on the disk:
   * more at once would not be faster, only make the worklist wait for a core.
   */
  atOnce: number;
  /** Hears of each film that is there now and was not. */
  onTaken?: (sha256: string) => void;
  /** Hears what became of each film. */
  onOutcome?: (outcome: FilmOutcome) => void;
}

/** Takes films in: the whole path from bytes to a case with a job. */
export class IngestService {
  readonly #deps: IngestDeps;
  readonly #gate: Gate;

  constructor(deps: IngestDeps) {
    this.#deps = deps;
    this.#gate = new Gate(deps.atOnce);
  }

  /** Throws unless the viewer may bring films in at the site. */
  assertMayIngest(viewer: Viewer, siteId: string): void {
    assertCan(viewer, "study:upload", { what: "site", siteId });
  }

  /**
   * Stores one film and puts it on the worklist, or says why not. Throws
   * only for what is not the film's fault: permissions, a full disk, a
   * database that is away; then nothing is kept, bytes for a day at most.
   */
  async ingest(viewer: Viewer, film: IncomingFilm): Promise<FilmOutcome> {
    const outcome = await this.#takeOrRefuse(viewer, film);
    this.#deps.onOutcome?.(outcome);
    return outcome;
  }

  async #takeOrRefuse(
    viewer: Viewer,
    film: IncomingFilm,
  ): Promise<FilmOutcome> {
    const { siteId } = film;
    assertCan(viewer, "study:upload", { what: "site", siteId });
    const fileName = displayName(film.fileName);
    let staged: StagedObject | null = null;
    try {
      const whole = await this.#deps.objectStore.stage(film.body, {
        maxBytes: this.#deps.maxBytes,
        ...(film.signal ? { signal: film.signal } : {}),
      });
      staged = whole;
      return await this.#gate.run(
        () => this.#take(viewer, { ...film, fileName }, whole),
        turnOf(viewer),
      );
    } catch (error) {
      const refusal = refusalFrom(error);
      if (refusal === null) throw error;
      return await this.#refuse(viewer, siteId, fileName, refusal, staged);
    } finally {
      await staged?.discard();
    }
  }

  async #take(
    viewer: Sender,
    film: IncomingFilm,
    staged: StagedObject,
  ): Promise<FilmOutcome> {
    const { client, inspector, maxBytes, objectStore } = this.#deps;
    const { siteId, fileName } = film;
    if (staged.bytes === 0) {
      return this.#refuse(viewer, siteId, fileName, EMPTY_FILM, staged);
    }
    if (staged.bytes > maxBytes) throw new RangeError("staged past the limit");
    const aside = byFileOf(fileName, await headOf(staged.path));
    if (aside !== null) return this.#setAside(viewer, film, staged, aside);
    const { sha256 } = staged;
    const known = await findKnownFilm(client, siteId, sha256);
    if (known) return this.#duplicate(viewer, siteId, fileName, known);
    const { info, thumbnail } = await inspector.inspect(
      staged.path,
      film.takeAsChest === true ? "may-be-overruled" : "as-stated",
      turnOf(viewer),
      sha256,
    );
    // Noted before its bytes are put away, so that they are found whatever
    // happens until the transaction (arriving-film.sweep.ts).
    const arriving = newId(this.#deps.clock.now());
    await noteArriving(client, { id: arriving, sha256 });
    await staged.commit(filmKey(sha256));
    const key = thumbnailKey({ sha256, ...LIES_AS_STORED });
    await putBytes(objectStore, key, thumbnail);
    const accepted = await this.#accept(viewer, film, staged, info, arriving);
    if (accepted) {
      this.#deps.onTaken?.(sha256);
      return accepted;
    }
    await forgetArriving(client, arriving);
    const first = await findKnownFilm(client, siteId, staged.sha256);
    if (!first) throw new Error("a film is there already, yet not to be found");
    return this.#duplicate(viewer, siteId, fileName, first);
  }

  /** One transaction for all of it; `null` when the film is there already. */
  async #accept(
    viewer: Sender,
    film: IncomingFilm,
    staged: StagedObject,
    info: FilmInfo,
    arriving: string,
  ): Promise<FilmOutcome | null> {
    const { clock } = this.#deps;
    const now = clock.now();
    const { requestId } = viewer.origin;
    try {
      return await this.#deps.audit.changeAndRecord(
        viewer,
        async (tx, record) => {
          await forgetArriving(tx, arriving);
          const { siteId } = film;
          // The note came with it, where there was one.
          await dropKeptReason(tx, viewer, "FILM_NOTE", siteId, staged.sha256);
          return acceptFilm(tx, record, this.#deps, {
            film,
            staged,
            info,
            now,
            requestId,
            sender: {
              userId: viewer.kind === "user" ? viewer.userId : null,
              name: viewer.name,
            },
          });
        },
      );
    } catch (error) {
      // Thrown to roll back the patient and study made for a film that
      // another upload of the same bytes has just brought in.
      if (error instanceof KnownFilmError) return null;
      throw error;
    }
  }

  async #duplicate(
    viewer: Sender,
    siteId: string,
    fileName: string,
    known: KnownFilm,
  ): Promise<FilmOutcome> {
    await this.#deps.audit.recordLook(viewer, {
      type: "image.duplicate",
      subject: { type: "image", id: known.imageId },
      siteId,
      patientId: known.patientId,
      details: { fileName },
    });
    return {
      file: fileName,
      outcome: "duplicate",
      caseId: known.caseId,
      imageId: known.isRemoved ? null : known.imageId,
      studyId: known.studyId,
      code: known.isRemoved ? "removed" : "duplicate",
      message: known.isRemoved
        ? "This film was removed: somebody said that it should not be here. Its case says who and why."
        : "This film is here already.",
      canBeTaken: false,
      modality: null,
    };
  }

  async #setAside(
    viewer: Sender,
    { siteId, fileName }: IncomingFilm,
    staged: StagedObject,
    aside: ByFile,
  ): Promise<FilmOutcome> {
    await this.#deps.audit.recordLook(viewer, {
      type: "upload.set-aside",
      subject: { type: "upload", id: staged.sha256 },
      siteId,
      patientId: null,
      details: { fileName, kind: aside },
    });
    return {
      file: fileName,
      outcome: "set-aside",
      caseId: null,
      imageId: null,
      studyId: null,
      code: aside,
      message: BY_FILE_WORDS[aside],
      canBeTaken: false,
      modality: null,
    };
  }

  async #refuse(
    viewer: Sender,
    siteId: string,
    fileName: string,
    refusal: Refusal,
    staged: StagedObject | null,
  ): Promise<FilmOutcome> {
    await this.#deps.audit.recordLook(viewer, {
      type: "upload.refused",
      subject: { type: "upload", id: staged?.sha256 ?? "unread" },
      siteId,
      patientId: null,
      details: { fileName, code: refusal.code, bytes: staged?.bytes ?? null },
    });
    return {
      file: fileName,
      outcome: "refused",
      caseId: null,
      imageId: null,
      studyId: null,
      code: refusal.code,
      message: refusal.message,
      canBeTaken: refusal.doubtfulModality !== null,
      modality: refusal.doubtfulModality,
    };
  }
}

const BY_FILE_WORDS: Record<ByFile, string> = {
  "cd-index": "This is the index of a CD, not a film.",
  system: "This is a file of the operating system, not a film.",
  program: "This is a program, not a film.",
  document: "This is a text that lies beside films, not a film.",
  preview: "This is a small preview, not a film.",
};

/** The last part of a path, without control characters, cut to 200. */
function displayName(fileName: string): string {
  const name = basename(fileName.replaceAll("\\", "/"));
  const clean = name.replace(/\p{C}/gu, "").trim().slice(0, 200);
  return clean === "" ? "film" : clean;
}

/** Whose turn it is among those who bring films in. */
function turnOf(viewer: Viewer): string {
  return viewer.kind === "user" ? viewer.userId : "";
}
