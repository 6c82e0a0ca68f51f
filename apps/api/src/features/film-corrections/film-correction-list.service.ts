import type { DatabaseClient } from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan, can } from "../../access/authorize.ts";
import { visibleCases, visibleFilmCorrections } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
  type Page,
} from "../../platform/pagination.ts";
import {
  findCorrections,
  newestStanding,
  type CorrectionRow,
} from "./film-correction.store.ts";

const cursorSchema = z.tuple([z.uuid()]);

/** A correction with whether the viewer may undo it. */
export type ListedCorrection = CorrectionRow & { viewerCanUndo: boolean };

/** What was corrected about the films of a case. */
export class FilmCorrectionListService {
  readonly #client: DatabaseClient;

  constructor(client: DatabaseClient) {
    this.#client = client;
  }

  /**
   * Corrections of films that are or were in the case's study, newest first,
   * undone ones too.
   *
   * @throws NOT_FOUND where there is no such case that the viewer may see.
   */
  async ofCase(
    viewer: Viewer,
    caseId: string,
    first: number,
    after: string | null | undefined,
  ): Promise<Page<ListedCorrection>> {
    assertCan(viewer, "image:read");
    const row = isUuid(caseId)
      ? await this.#client.case.findFirst({
          where: { AND: [visibleCases(viewer), { id: caseId }] },
          select: { studyId: true, siteId: true },
        })
      : null;
    if (row === null) throw new NotFoundError("case");
    const size = pageSize(first);
    const rows = await findCorrections(
      this.#client,
      visibleFilmCorrections(viewer),
      {
        studyId: row.studyId,
        before: after ? decodeCursor(after, cursorSchema)[0] : null,
        take: size + 1,
      },
    );
    const listed = await this.listed(viewer, rows);
    return toPage(listed, size, after, ({ id }) => encodeCursor([id]));
  }

  /** Only the newest that stands of each film can be undone. */
  async listed(
    viewer: Viewer,
    rows: readonly CorrectionRow[],
  ): Promise<ListedCorrection[]> {
    const films = rows.map(({ imageId }) => imageId);
    const newest = await newestStanding(this.#client, films);
    return rows.map((row) => ({
      ...row,
      viewerCanUndo:
        newest.has(row.id) && can(viewer, "film:correct", row.siteId),
    }));
  }
}
