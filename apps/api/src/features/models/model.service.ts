import { readFile } from "node:fs/promises";
import { InferenceError } from "@lung-iris/inference";
import type { DatabaseClient, ModelVersion } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { BY_ID, pageBy, type Page } from "../../platform/pagination.ts";
import { parseModelManifest } from "./model-manifest.ts";
import { fingerprintOnDisk } from "./model-registry.ts";

/** The model that the product ships, and the card about it. */
export interface ShippedCard {
  /** The model's folder. */
  modelDir: string;
  /** Markdown. */
  file: string;
}

/** Which models there are and what is known of them. */
export class ModelService {
  readonly #client: DatabaseClient;
  readonly #shipped: ShippedCard;
  /** Read once: a release does not change while it runs. */
  #shippedFingerprint: Promise<string | null> | null = null;

  constructor(deps: { client: DatabaseClient; shipped: ShippedCard }) {
    this.#client = deps.client;
    this.#shipped = deps.shipped;
  }

  /**
   * The desk's live model, which new films go to where a site has none of its
   * own; `null` before the first worker start.
   */
  async live(viewer: Viewer): Promise<ModelVersion | null> {
    assertCan(viewer, "model:read");
    const role = await this.#client.modelRole.findFirst({
      where: { siteId: null, role: "LIVE", until: null },
      include: { modelVersion: true },
    });
    return role?.modelVersion ?? null;
  }

  /** Newest first. */
  async list(
    viewer: Viewer,
    first: number,
    after: string | null | undefined,
  ): Promise<Page<ModelVersion>> {
    assertCan(viewer, "model:read");
    return pageBy({ first, after }, BY_ID, (beyond, take) =>
      this.#client.modelVersion.findMany({
        where: beyond === null ? {} : { id: { lt: beyond } },
        orderBy: { id: "desc" },
        take,
      }),
    );
  }

  /**
   * The model card: the one that the run wrote into the candidate's sealed
   * folder, else the product's own where the version is the very model that it
   * is about, told by all that decides an answer and not by its name. `null`
   * for any other.
   */
  async card(viewer: Viewer, version: ModelVersion): Promise<string | null> {
    assertCan(viewer, "model:read");
    const { card } = parseModelManifest(version.manifest);
    if (card !== undefined) return card;
    this.#shippedFingerprint ??= this.#fingerprintOfShipped();
    if ((await this.#shippedFingerprint) !== version.fingerprint) return null;
    return orNullIfMissing(readFile(this.#shipped.file, "utf8"));
  }

  /** Null where a checkout has no model. */
  async #fingerprintOfShipped(): Promise<string | null> {
    try {
      return await fingerprintOnDisk(this.#client, this.#shipped.modelDir);
    } catch (error) {
      if (error instanceof InferenceError) return null;
      this.#shippedFingerprint = null;
      throw error;
    }
  }
}

async function orNullIfMissing(text: Promise<string>): Promise<string | null> {
  try {
    return await text;
  } catch (error) {
    const isMissing =
      error instanceof Error && "code" in error && error.code === "ENOENT";
    if (isMissing) return null;
    throw error;
  }
}
