import type { DatabaseClient, ModelVersion, Tx } from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleJudgements } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/job-queue.ts";
import {
  BY_ID,
  pageBy,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import type { BarsService } from "../bars/bars.service.ts";
import type { ModelRoleCommands } from "../models/model-role.commands.ts";
import { assertNoneWithdrawn } from "../withdrawals/models-behind.ts";
import { assertNotLoosened, declaredBars } from "./declared-bars.ts";
import {
  findJudgement,
  insertJudgement,
  listJudgements,
  type JudgementRow,
} from "./judgement.store.ts";

export type { JudgementRow } from "./judgement.store.ts";

export interface JudgementServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  bars: BarsService;
  roles: ModelRoleCommands;
  /** The installation's secret; pseudonyms come from it. */
  secret: string;
}

/** Candidates held against the live model and the bars. */
export class JudgementService {
  readonly #deps: JudgementServiceDeps;

  constructor(deps: JudgementServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Asks for a judgement by the bars in force now; a worker that has both
   * model folders does it. A candidate that a run made is held to what was
   * declared before the run: bars in force that ask less judge nothing.
   *
   * @throws NOT_FOUND, BARS_LOOSENED, LEARNT_FROM_WITHDRAWN, or CONFLICT where the model is live
   *   here, or none is.
   */
  request(
    viewer: Viewer,
    siteId: string,
    modelVersionId: string,
  ): Promise<JudgementRow> {
    assertUserCan(viewer, "model:manage", { what: "site", siteId });
    const { audit, clock, bars, roles, secret } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const candidate = await roles.find(tx, modelVersionId);
      const live = await roles.lockLive(tx, siteId);
      if (live.id === candidate.id)
        throw new ConflictError(
          "CONFLICT",
          `${live.name} is live here already.`,
        );
      await assertNoneWithdrawn(tx, secret, candidate.id);
      const inForce = await bars.inForce(tx, siteId);
      const declared = await declaredBars(tx, {
        siteId,
        candidateId: candidate.id,
      });
      assertNotLoosened(declared, inForce);
      const now = clock.now();
      const row = await insertJudgement(tx, {
        id: newId(now),
        siteId,
        barsId: inForce.id,
        candidateId: candidate.id,
        liveId: live.id,
        byId: viewer.userId,
        byName: viewer.name,
        createdAt: now,
      });
      await enqueue(tx, "judge-candidate", row.id, {
        judgementId: row.id,
        modelVersionId: candidate.id,
        requestId: viewer.origin.requestId,
      });
      record({
        type: "judgement.requested",
        subject: { type: "judgement", id: row.id },
        siteId,
        patientId: null,
        details: {
          ...namesOf(candidate, live),
          barsVersion: inForce.version,
          declaredVersion: declared?.version ?? null,
        },
      });
      return row;
    });
  }

  /** Every judgement of a site, the newest first. */
  async list(
    viewer: Viewer,
    siteId: string,
    { first, after }: PageRequest,
  ): Promise<Page<JudgementRow>> {
    assertCan(viewer, "model:read", { what: "site", siteId });
    return pageBy({ first, after }, BY_ID, (beyond, take) =>
      listJudgements(
        this.#deps.client,
        { AND: [visibleJudgements(viewer), { siteId }] },
        beyond,
        take,
      ),
    );
  }

  /** One judgement within the viewer's sites. Throws NOT_FOUND. */
  async find(
    tx: DatabaseClient | Tx,
    viewer: Viewer,
    id: string,
  ): Promise<JudgementRow> {
    const row = isUuid(id)
      ? await findJudgement(tx, { AND: [visibleJudgements(viewer), { id }] })
      : null;
    if (row === null) throw new NotFoundError("judgement");
    return row;
  }
}

/** What events say of the two models. */
export function namesOf(candidate: ModelVersion, live: ModelVersion) {
  return {
    candidate: candidate.name,
    candidateFingerprint: candidate.fingerprint,
    live: live.name,
    liveFingerprint: live.fingerprint,
  };
}
