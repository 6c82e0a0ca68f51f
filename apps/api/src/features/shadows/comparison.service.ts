import type { DatabaseClient, ModelRole } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import {
  BY_ID,
  pageBy,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import type { SitePolicies } from "../policies/site-policies.ts";
import { countPassedOver } from "../predictions/shadow-load.ts";
import { compare, type Comparison } from "./comparison.rules.ts";
import {
  countAnswers,
  countGraded,
  lastShadow,
  listDiscordant,
  type Compared,
  type Discordant,
} from "./shadow.store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A shadow's run at a site and what would change if it were live. */
export type ShadowComparison = Comparison &
  Pick<ModelRole, "since" | "until" | "filmLimit" | "endsAt"> & {
    days: number;
    /** Films that the shadow has answered: what the limit is held to. */
    answered: number;
    /** Films that it was not asked about for load. */
    passedOver: number;
  };

/** A shadow's answers beside the live model's. */
export class ComparisonService {
  readonly #deps: {
    client: DatabaseClient;
    clock: Clock;
    policies: SitePolicies;
  };

  constructor(deps: {
    client: DatabaseClient;
    clock: Clock;
    policies: SitePolicies;
  }) {
    this.#deps = deps;
  }

  /**
   * The model's last run as a shadow; null where it never was one. For those
   * who decide on it: the counts tell of cases that are still to be read.
   */
  async compare(
    viewer: Viewer,
    siteId: string,
    modelVersionId: string,
  ): Promise<ShadowComparison | null> {
    assertCan(viewer, "model:manage", { what: "site", siteId });
    const role = await this.#shadow(siteId, modelVersionId);
    if (role === null) return null;
    const { client, clock, policies } = this.#deps;
    const policy = await policies.current(siteId);
    const { since, until, filmLimit, endsAt } = role;
    const compared = await this.#compared(siteId, role);
    const { strongProbability } = policy.document.urgency;
    const [cells, answered, passedOver] = await Promise.all([
      countGraded(client, compared, strongProbability),
      countAnswers(client, role),
      countPassedOver(client, { siteId, modelVersionId, since, until }),
    ]);
    const end = until ?? clock.now();
    const days = (end.getTime() - since.getTime()) / DAY_MS;
    const run = { since, until, filmLimit, endsAt, days, answered, passedOver };
    return { ...compare(cells, policy.document, days), ...run };
  }

  /** Signed cases on which the two differ, the newest answer first. */
  async discordant(
    viewer: Viewer,
    siteId: string,
    modelVersionId: string,
    { first, after }: PageRequest,
  ): Promise<Page<Discordant>> {
    assertCan(viewer, "model:read", { what: "site", siteId });
    assertCan(viewer, "case:read", { what: "site", siteId });
    const role = await this.#shadow(siteId, modelVersionId);
    return pageBy({ first, after }, BY_ID, async (beyond, take) =>
      role === null
        ? []
        : listDiscordant(
            this.#deps.client,
            await this.#compared(siteId, role),
            beyond,
            take,
          ),
    );
  }

  #shadow(siteId: string, modelVersionId: string): Promise<ModelRole | null> {
    if (!isUuid(modelVersionId)) throw new NotFoundError("model");
    return lastShadow(this.#deps.client, siteId, modelVersionId);
  }

  async #compared(
    siteId: string,
    { modelVersionId, since }: ModelRole,
  ): Promise<Compared> {
    const { client, policies } = this.#deps;
    const { fingerprint } = await client.modelVersion.findUniqueOrThrow({
      where: { id: modelVersionId },
    });
    const { thresholds } = await policies.current(siteId);
    const own = thresholds[fingerprint]?.[LEADING_FINDING];
    return {
      siteId,
      modelVersionId,
      since,
      finding: LEADING_FINDING,
      child: own?.["child"] ?? null,
      adult: own?.["adult"] ?? null,
    };
  }
}
