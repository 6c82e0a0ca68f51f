import type { DatabaseClient, StudyCorrection } from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan, can } from "../../access/authorize.ts";
import { visibleCases, visibleStudyCorrections } from "../../access/scope.ts";
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
import { findCorrections, topmostStanding } from "./correction.store.ts";

const cursorSchema = z.tuple([z.uuid()]);

/** A correction with whether the viewer may undo it. */
export type ListedStudyCorrection = StudyCorrection & {
  viewerCanUndo: boolean;
};

/** What was corrected of whose a case's study is. */
export class StudyCorrectionListService {
  readonly #client: DatabaseClient;

  constructor(client: DatabaseClient) {
    this.#client = client;
  }

  /**
   * Corrections of whose the case's study is, newest first, undone ones too.
   *
   * @throws NOT_FOUND where there is no such case that the viewer may see.
   */
  async ofCase(
    viewer: Viewer,
    caseId: string,
    first: number,
    after: string | null | undefined,
  ): Promise<Page<ListedStudyCorrection>> {
    assertCan(viewer, "patient:read");
    const row = isUuid(caseId)
      ? await this.#client.case.findFirst({
          where: { AND: [visibleCases(viewer), { id: caseId }] },
          select: { studyId: true },
        })
      : null;
    if (row === null) throw new NotFoundError("case");
    const size = pageSize(first);
    const rows = await findCorrections(
      this.#client,
      visibleStudyCorrections(viewer),
      {
        studyId: row.studyId,
        before: after ? decodeCursor(after, cursorSchema)[0] : null,
        take: size + 1,
      },
    );
    const listed = await this.listed(viewer, rows);
    return toPage(listed, size, after, ({ id }) => encodeCursor([id]));
  }

  /** What lies under a later correction cannot be undone before that one. */
  async listed(
    viewer: Viewer,
    rows: readonly StudyCorrection[],
  ): Promise<ListedStudyCorrection[]> {
    const topmost = await topmostStanding(this.#client, rows);
    return rows.map((row) => ({
      ...row,
      viewerCanUndo:
        topmost.has(row.id) && can(viewer, "study:edit", row.siteId),
    }));
  }
}
