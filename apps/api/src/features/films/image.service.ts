import type { HeaderSubject } from "@lung-iris/inference";
import type { DatabaseClient, Image } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import { visibleImages } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { ShownLately } from "../../audit/shown-lately.ts";
import { ForbiddenError, NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import type { ObjectStore } from "../../platform/object-store.ts";
import type { DerivedFilms } from "./derived-films.ts";
import { hiddenSubjects } from "./film-header.rules.ts";
import { filmKey } from "./film-keys.ts";
import { refusalFrom } from "./film-refusal.ts";

export interface ImageObject {
  image: Image;
  /** Where the bytes lie in the object store. */
  key: string;
}

export interface OriginalObject extends ImageObject {
  /** What was left out of its header; nothing of the very file. */
  withheld: HeaderSubject[];
}

/** The pictures of a film: small, whole, and as it came. */
export class ImageService {
  readonly #deps: {
    client: DatabaseClient;
    audit: AuditLog;
    objectStore: ObjectStore;
    derived: DerivedFilms;
    lately: ShownLately;
  };

  constructor(deps: {
    client: DatabaseClient;
    audit: AuditLog;
    objectStore: ObjectStore;
    derived: DerivedFilms;
    lately: ShownLately;
  }) {
    this.#deps = deps;
  }

  /** JPEG of at most 320 pixels; a look, recorded once a minute a session. */
  async thumbnail(viewer: Viewer, id: string): Promise<ImageObject> {
    const image = await this.#find(viewer, id);
    const key = await this.#deps.derived.thumbnail(image, ownerOf(viewer));
    await this.#recordOnce(
      viewer,
      "image.thumbnail-viewed",
      image,
      "thumbnail",
    );
    return { image, key };
  }

  /**
   * PNG of the drawings over the film, as large as the film; part of the look
   * at the film, recorded once a minute a session.
   *
   * @param isKept whether they are kept from the viewer, who reads blind
   * @throws NOT_FOUND where it has none, FORBIDDEN where they are kept.
   */
  async drawings(
    viewer: Viewer,
    id: string,
    isKept: (image: Image) => Promise<boolean>,
  ): Promise<ImageObject> {
    const image = await this.#find(viewer, id);
    if (await isKept(image))
      throw new ForbiddenError(
        "What is drawn over this film may be another AI's answer: it comes with the answer of the AI.",
      );
    const key = await this.#deps.derived.drawings(
      image.sha256,
      ownerOf(viewer),
    );
    if (key === null) throw new NotFoundError("drawings");
    await this.#recordOnce(viewer, "image.viewed", image, "drawings");
    return { image, key };
  }

  /** Little-endian 16-bit samples, gzipped; audited as a look. */
  async pixels(viewer: Viewer, id: string): Promise<ImageObject> {
    const image = await this.#find(viewer, id);
    const key = await this.#deps.derived.pixels(image.sha256, ownerOf(viewer));
    await this.#record(viewer, "image.viewed", image);
    return { image, key };
  }

  /**
   * The same of the film that a case opens with: the first that came in.
   * @throws NotFoundError where the case is not the viewer's, or has no film
   */
  async pixelsOfCase(viewer: Viewer, caseId: string): Promise<ImageObject> {
    assertCan(viewer, "image:read");
    const first = isUuid(caseId)
      ? await this.#deps.client.image.findFirst({
          where: {
            AND: [visibleImages(viewer), { study: { case: { id: caseId } } }],
          },
          orderBy: [{ createdAt: "asc" }, { id: "asc" }],
          select: { id: true },
        })
      : null;
    if (!first) throw new NotFoundError("film");
    return this.pixels(viewer, first.id);
  }

  /**
   * The file as it came, without the header values that the viewer may not see
   * on the page either; audited as a download.
   *
   * @throws FORBIDDEN for a file in which they cannot be left out.
   */
  async original(viewer: Viewer, id: string): Promise<OriginalObject> {
    const image = await this.#find(viewer, id);
    const hidden = hiddenSubjects(viewer);
    const key = await this.#deps.derived
      .withoutValues(image.sha256, hidden, ownerOf(viewer))
      .catch((error: unknown) => {
        if (refusalFrom(error) !== null)
          throw new ForbiddenError(
            "This file's header holds what you may not see, and it cannot be left out of the file.",
          );
        throw error;
      });
    await this.#record(viewer, "image.downloaded", image);
    const isWhole = key === filmKey(image.sha256);
    return { image, key, withheld: isWhole ? [] : hidden };
  }

  /** The file, for its header to be read from; audited as a look at that. */
  async header(viewer: Viewer, id: string): Promise<ImageObject> {
    const image = await this.#find(viewer, id);
    await this.#record(viewer, "image.header-viewed", image);
    return { image, key: filmKey(image.sha256) };
  }

  async #find(viewer: Viewer, id: string): Promise<Image> {
    assertCan(viewer, "image:read");
    const image = isUuid(id)
      ? await this.#deps.client.image.findFirst({
          where: { AND: [visibleImages(viewer), { id }] },
        })
      : null;
    if (!image) throw new NotFoundError("film");
    return image;
  }

  async #recordOnce(
    viewer: Viewer,
    type: "image.viewed" | "image.thumbnail-viewed",
    image: Image,
    part: string,
  ): Promise<void> {
    const session = viewer.kind === "user" ? viewer.sessionId : "";
    const look = `${part} ${image.id}`;
    if (this.#deps.lately.knows(session, look)) return;
    await this.#record(viewer, type, image);
    this.#deps.lately.remember(session, look);
  }

  async #record(
    viewer: Viewer,
    type:
      | "image.viewed"
      | "image.thumbnail-viewed"
      | "image.header-viewed"
      | "image.downloaded",
    image: Image,
  ): Promise<void> {
    const study = await this.#deps.client.study.findUniqueOrThrow({
      where: { id: image.studyId },
      select: { patientId: true },
    });
    await this.#deps.audit.recordLook(viewer, {
      type,
      subject: { type: "image", id: image.id },
      siteId: image.siteId,
      patientId: study.patientId,
      details: { studyId: image.studyId },
    });
  }
}

/** Whose turn it is where films are decoded. */
export function ownerOf(viewer: Viewer): string {
  return viewer.kind === "user" ? viewer.userId : "";
}
