import type {
  CaseLabel,
  DatabaseClient,
  DatasetSplit,
} from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { isUuid } from "../../platform/ids.ts";
import { findCasesById } from "../cases/case.reads.ts";
import { readRegions } from "../labels/label.rules.ts";
import { splitsOfPatients } from "../dataset-files/patient-splits.ts";

/** A case has one label a signature, amendment or decision between readers. */
const MOST_LABELS = 100;

/** What exports take of a case, and what for. */
export interface CaseLearning {
  caseId: string;
  split: DatasetSplit;
  /** Newest first. */
  labels: readonly LabelOfCase[];
}

interface LabelOfCase extends Omit<CaseLabel, "regions"> {
  regionCount: number;
  /** Who signed the reading that decides. */
  readerName: string;
}

/** What is learnt from a case, for those who make exports. */
export class CaseLearningService {
  readonly #client: DatabaseClient;
  readonly #secret: string;

  /** `secret`: the installation's, from which splits come. */
  constructor(deps: { client: DatabaseClient; secret: string }) {
    this.#client = deps.client;
    this.#secret = deps.secret;
  }

  /** Null where there is no such case to see. */
  async of(viewer: Viewer, caseId: string): Promise<CaseLearning | null> {
    assertCan(viewer, "dataset:read");
    if (!isUuid(caseId)) return null;
    const client = this.#client;
    const row = (await findCasesById(client, viewer, [caseId])).get(caseId);
    if (row === undefined) return null;
    const labels = await client.caseLabel.findMany({
      where: { caseId },
      orderBy: { version: "desc" },
      take: MOST_LABELS,
      include: {
        readingVersion: {
          select: {
            reading: { select: { reader: { select: { name: true } } } },
          },
        },
      },
    });
    const { siteId, patientId } = row;
    const splitOf = await splitsOfPatients(client, this.#secret, siteId, [
      patientId,
    ]);
    return {
      caseId,
      split: splitOf(patientId),
      labels: labels.map(({ readingVersion, regions, ...label }) => ({
        ...label,
        regionCount: readRegions(regions).length,
        readerName: readingVersion.reading.reader.name,
      })),
    };
  }
}
