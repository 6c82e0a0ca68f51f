import { Readable } from "node:stream";
import type { DatabaseClient, ResumableUpload } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { AppError, BadInputError, NotFoundError } from "../../errors.ts";
import { addSeconds, type Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { putBytes, type ObjectStore } from "../../platform/object-store.ts";
import { filmOutcomeSchema, type FilmOutcome } from "../intake/film-outcome.ts";
import type { IngestService } from "../intake/ingest.service.ts";
import { parseUploadDetails } from "../film-identity/study-details.ts";
import {
  deleteUpload,
  findUpload,
  forgetPart,
  forgetParts,
  insertUpload,
  keepOutcome,
  keepPart,
  keptParts,
  lockOpenUploads,
  notedParts,
  notePart,
} from "./resumable-upload.store.ts";

/** An upload of which nothing came for so long is over. */
export const EXPIRES_SECONDS = 24 * 60 * 60;
/** What one person may have begun: more than a page sends, with room. */
const MOST_OPEN = 100;
const MOST_OPEN_BYTES = 4 * 2 ** 30;
const LONGEST_NAME = 500;
/** A piece is put away when it is so large, or so old: a crash costs no more. */
const PART_BYTES = 2 ** 20;
const PART_SECONDS = 5;

export interface ResumableUploadDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  objectStore: ObjectStore;
  ingest: Pick<IngestService, "ingest" | "assertMayIngest">;
  maxBytes: number;
}

/** A film that somebody begins to send. */
export interface UploadRequest {
  siteId: string;
  fileName: string;
  /** JSON as in the field `details` of /upload, or "". */
  details: string;
  takeAsChest: boolean;
  length: number;
}

/**
 * Films that come in pieces, over lines that break. A piece that is here is
 * here: in the object store, so that another API process goes on with it.
 */
export class ResumableUploadService {
  readonly #deps: ResumableUploadDeps;

  constructor(deps: ResumableUploadDeps) {
    this.#deps = deps;
  }

  /** Largest film that is accepted. */
  get maxBytes(): number {
    return this.#deps.maxBytes;
  }

  /**
   * Begins one.
   *
   * @throws FORBIDDEN, BAD_USER_INPUT, TOO_LARGE or TOO_MANY_UPLOADS.
   */
  create(viewer: Viewer, request: UploadRequest): Promise<ResumableUpload> {
    const { siteId, length, details } = request;
    assertUserCan(viewer, "study:upload", { what: "site", siteId });
    this.#deps.ingest.assertMayIngest(viewer, siteId);
    const { audit, clock } = this.#deps;
    const now = clock.now();
    parseUploadDetails(details, now);
    this.#assertLength(length);
    return audit.changeAndRecord(viewer, async (tx) => {
      const { userId } = viewer;
      const open = await lockOpenUploads(tx, userId, expiryBefore(now));
      const isTooMuch =
        open.count >= MOST_OPEN || open.bytes + length > MOST_OPEN_BYTES;
      if (isTooMuch)
        throw new AppError(
          "TOO_MANY_UPLOADS",
          "You have begun too many uploads. Let some of them end first.",
        );
      return insertUpload(tx, {
        id: newId(now),
        userId,
        ...request,
        fileName: request.fileName
          .replace(/\p{C}/gu, "")
          .slice(0, LONGEST_NAME),
        createdAt: now,
        touchedAt: now,
      });
    });
  }

  /** One of the viewer's own that is not over. @throws NOT_FOUND */
  async find(viewer: Viewer, id: string): Promise<ResumableUpload> {
    assertUserCan(viewer, "study:upload");
    const since = expiryBefore(this.#deps.clock.now());
    const where = { id, userId: viewer.userId, touchedAt: { gt: since } };
    const row = isUuid(id) ? await findUpload(this.#deps.client, where) : null;
    if (row === null) throw new NotFoundError("upload");
    return row;
  }

  /**
   * Takes more bytes. What came before a line broke is kept.
   *
   * @throws NOT_FOUND, UPLOAD_OFFSET where it goes on elsewhere, TOO_LARGE.
   */
  async append(
    viewer: Viewer,
    id: string,
    offset: number,
    body: AsyncIterable<Buffer>,
  ): Promise<ResumableUpload> {
    const upload = await this.find(viewer, id);
    if (Number(upload.offset) !== offset) throw elsewhere(upload);
    const { clock } = this.#deps;
    let at = offset;
    let pieces: Buffer[] = [];
    let size = 0;
    let since = clock.now();
    const putAway = async (): Promise<void> => {
      if (size === 0) return;
      const bytes = Buffer.concat(pieces);
      pieces = [];
      size = 0;
      since = clock.now();
      await this.#keep(upload, at, bytes);
      at += bytes.length;
    };
    try {
      for await (const piece of body) {
        if (at + size + piece.length > Number(upload.length))
          throw new AppError("TOO_LARGE", "This is more than was announced.");
        pieces.push(piece);
        size += piece.length;
        const isOld = addSeconds(since, PART_SECONDS) <= clock.now();
        if (size >= PART_BYTES || isOld) await putAway();
      }
    } finally {
      await putAway();
    }
    return this.find(viewer, id);
  }

  /**
   * Takes the film in once it is whole; asked again, it answers the same.
   * Where that fails for no fault of the film the pieces stay.
   *
   * @throws UPLOAD_OFFSET while some of it is missing, and what `ingest` throws.
   */
  async finish(viewer: Viewer, id: string): Promise<FilmOutcome> {
    const upload = await this.find(viewer, id);
    if (upload.outcome !== null) return filmOutcomeSchema.parse(upload.outcome);
    if (upload.offset !== upload.length) throw elsewhere(upload);
    const { client, clock, ingest } = this.#deps;
    const { siteId, fileName, takeAsChest } = upload;
    const detailsOf = parseUploadDetails(upload.details, clock.now());
    const outcome = await ingest.ingest(viewer, {
      siteId,
      fileName,
      body: Readable.from(this.#bytesOf(id)),
      details: detailsOf(fileName),
      takeAsChest,
    });
    const kept = await keepOutcome(client, id, { ...outcome });
    await this.#forget(id);
    return filmOutcomeSchema.parse(kept);
  }

  /** Gives one up. @throws NOT_FOUND */
  async remove(viewer: Viewer, id: string): Promise<void> {
    const upload = await this.find(viewer, id);
    await this.#forget(upload.id);
    await deleteUpload(this.#deps.client, upload.id);
  }

  #assertLength(length: number): void {
    if (!Number.isSafeInteger(length) || length < 1)
      throw new BadInputError("Say how long the film is.", ["Upload-Length"]);
    const { maxBytes } = this.#deps;
    if (length <= maxBytes) return;
    const limit = String(Math.round(maxBytes / 2 ** 20));
    throw new AppError(
      "TOO_LARGE",
      `The film is larger than ${limit} MB, the most that is accepted.`,
    );
  }

  async #keep(
    upload: ResumableUpload,
    offset: number,
    bytes: Buffer,
  ): Promise<void> {
    const { client, clock, objectStore } = this.#deps;
    const now = clock.now();
    // A name of its own: two requests may come with the same place.
    const key = `uploads/${newId(now)}`;
    const part = {
      uploadId: upload.id,
      offset: BigInt(offset),
      bytes: bytes.length,
      key,
    };
    await notePart(client, part);
    await putBytes(objectStore, key, bytes, { mayUseReserve: false });
    if (await keepPart(client, part, now)) return;
    await objectStore.remove(key);
    await forgetPart(client, key);
    throw elsewhere(upload);
  }

  async *#bytesOf(id: string): AsyncGenerator<Buffer> {
    const { client, objectStore } = this.#deps;
    for (const { key } of await keptParts(client, id)) {
      const { stream } = await objectStore.read(key);
      yield* stream as AsyncIterable<Buffer>; // no encoding: bytes
    }
  }

  async #forget(id: string): Promise<void> {
    const { client, objectStore } = this.#deps;
    for (const { key } of await notedParts(client, id))
      await objectStore.remove(key);
    await forgetParts(client, id);
  }
}

/** What was touched by then is over. */
export function expiryBefore(now: Date): Date {
  return addSeconds(now, -EXPIRES_SECONDS);
}

function elsewhere({ offset }: ResumableUpload): AppError {
  return new AppError(
    "UPLOAD_OFFSET",
    `It does not go on there. Ask how much is here (${String(offset)} bytes by now).`,
  );
}
