import { readFile } from "node:fs/promises";
import type { DatabaseClient, ModelVersion } from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
  type Page,
} from "../../platform/pagination.ts";

const cursorSchema = z.tuple([z.uuid()]);

/** Which models there are and what is known of them. */
export class ModelService {
  readonly #client: DatabaseClient;
  readonly #cardFile: string;

  constructor(deps: { client: DatabaseClient; cardFile: string }) {
    this.#client = deps.client;
    this.#cardFile = deps.cardFile;
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
    const size = pageSize(first);
    const cursor = after ? decodeCursor(after, cursorSchema) : null;
    // Ids are of version 7: later made, larger.
    const rows = await this.#client.modelVersion.findMany({
      where: cursor ? { id: { lt: cursor[0] } } : {},
      orderBy: { id: "desc" },
      take: size + 1,
    });
    return toPage(rows, size, after, ({ id }) => encodeCursor([id]));
  }

  /**
   * The model card; `null` for a version that the card is not about. The
   * card names the model in its text.
   */
  async card(viewer: Viewer, version: ModelVersion): Promise<string | null> {
    assertCan(viewer, "model:read");
    try {
      const card = await readFile(this.#cardFile, "utf8");
      return card.includes(version.name) ? card : null;
    } catch (error) {
      const isMissing =
        error instanceof Error && "code" in error && error.code === "ENOENT";
      if (isMissing) return null;
      throw error;
    }
  }
}
