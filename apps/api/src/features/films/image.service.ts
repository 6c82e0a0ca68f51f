import type { DatabaseClient, Image } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import { visibleImages } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { ShownLately } from "../../audit/shown-lately.ts";
import { NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import type { ObjectStore } from "../../platform/object-store.ts";
import type { DerivedFilms } from "./derived-films.ts";
import { filmKey } from "./film-keys.ts";

export interface ImageObject {
  image: Image;
  /** Where the bytes lie in the object store. */
  key: string;
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
    const key = await this.#deps.derived.thumbnail(
      image.sha256,
      ownerOf(viewer),
    );
    const session = viewer.kind === "user" ? viewer.sessionId : "";
    const look = `thumbnail ${image.id}`;
    if (!this.#deps.lately.knows(session, look)) {
      await this.#record(viewer, "image.thumbnail-viewed", image);
      this.#deps.lately.remember(session, look);
    }
    return { image, key };
  }

  /** Little-endian 16-bit samples, gzipped; audited as a look. */
  async pixels(viewer: Viewer, id: string): Promise<ImageObject> {
    const image = await this.#find(viewer, id);
    const key = await this.#deps.derived.pixels(image.sha256, ownerOf(viewer));
    await this.#record(viewer, "image.viewed", image);
    return { image, key };
  }

  /** The untouched file; audited as a download. */
  async original(viewer: Viewer, id: string): Promise<ImageObject> {
    const image = await this.#find(viewer, id);
    await this.#record(viewer, "image.downloaded", image);
    return { image, key: filmKey(image.sha256) };
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
function ownerOf(viewer: Viewer): string {
  return viewer.kind === "user" ? viewer.userId : "";
}
