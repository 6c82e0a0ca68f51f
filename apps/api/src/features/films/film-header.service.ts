import type { HeaderElement } from "@lung-iris/inference";
import type { Viewer } from "../../access/viewer.ts";
import { NotFoundError } from "../../errors.ts";
import type { FilmReader } from "../../platform/inference-client.ts";
import {
  ObjectStoreError,
  readWhole,
  type ObjectStore,
} from "../../platform/object-store.ts";
import { visibleHeader, type Withheld } from "./film-header.rules.ts";
import { refusalFrom } from "./film-refusal.ts";
import { ownerOf, type ImageService } from "./image.service.ts";

/** A film's header as far as the viewer may see it. */
export interface FilmHeader {
  imageId: string;
  /** Null of a PNG or JPEG, which has none. */
  elements: HeaderElement[] | null;
  withheld: Withheld;
  isCut: boolean;
}

const NOTHING: Withheld = { people: 0, private: 0 };

/** Headers of films, read from the untouched file. */
export class FilmHeaderService {
  readonly #images: ImageService;
  readonly #store: ObjectStore;
  readonly #reader: Pick<FilmReader, "readHeader">;

  constructor(
    images: ImageService,
    store: ObjectStore,
    reader: Pick<FilmReader, "readHeader">,
  ) {
    this.#images = images;
    this.#store = store;
    this.#reader = reader;
  }

  /**
   * The header of one film, without what the viewer may not see; a look,
   * on record.
   *
   * @throws NOT_FOUND for a film that the viewer may not see, and where its
   *   file is gone or cannot be read.
   */
  async header(viewer: Viewer, imageId: string): Promise<FilmHeader> {
    const { image, key } = await this.#images.header(viewer, imageId);
    const list = await this.#read(key, ownerOf(viewer));
    if (list === null) {
      return {
        imageId: image.id,
        elements: null,
        withheld: NOTHING,
        isCut: false,
      };
    }
    return {
      imageId: image.id,
      ...visibleHeader(viewer, list.elements),
      isCut: list.isCut,
    };
  }

  /** In the owner's turn: the film is as large as one that is decoded. */
  async #read(key: string, owner: string) {
    try {
      return await this.#reader.readHeader(
        () => readWhole(this.#store, key),
        owner,
      );
    } catch (error) {
      const isGone =
        error instanceof ObjectStoreError && error.code === "missing";
      if (isGone || refusalFrom(error) !== null) {
        throw new NotFoundError("header");
      }
      throw error;
    }
  }
}
