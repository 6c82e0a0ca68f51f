import { setImmediate } from "node:timers/promises";
import type { DatabaseClient } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import { BadInputError, NotFoundError } from "../../errors.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import { poolMembersOfSite } from "../pools/pool.reads.ts";
import {
  GRADE_SETS,
  againstAi,
  findingAgreements,
  groupAgreement,
  pairAgreements,
  poolSets,
  setAgreements,
} from "./agreement.rules.ts";
import type {
  AgainstAi,
  Agreed,
  CaseSet,
  FindingAgreed,
  PairAgreement,
  SetAgreement,
} from "./agreement.rules.ts";
import {
  blindOpinions,
  casesReadTwice,
  MOST_CASES,
} from "./agreement.store.ts";

/** What makes a group of readers. */
export type ReaderGrouping = "pool" | "grade";

const WEEK_SECONDS = 7 * 86_400;
const MOST_WEEKS = 104;

export interface AgreementRequest {
  siteId: string;
  weeks: number;
  /** Only cases that chance took: the others were chosen for being hard. */
  isDrawnOnly: boolean;
}

/** How far the readers of a site agree. */
export interface ReaderAgreement {
  cases: number;
  /** Of these, how many chance took. */
  drawn: number;
  /** There are more: the newest were measured. */
  isCapped: boolean;
  group: Agreed;
  pairs: PairAgreement[];
  findings: FindingAgreed[];
  readersAgainstAi: AgainstAi[];
}

/** Agreement of readers with each other and with the AI, for who runs a site. */
export class AgreementService {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;

  constructor(deps: { client: DatabaseClient; clock: Clock }) {
    this.#client = deps.client;
    this.#clock = deps.clock;
  }

  /** @throws FORBIDDEN, NOT_FOUND for a site out of sight, or BAD_USER_INPUT. */
  async of(
    viewer: Viewer,
    request: AgreementRequest,
  ): Promise<ReaderAgreement> {
    const since = this.#since(viewer, request);
    const { siteId, isDrawnOnly } = request;
    const [all, opinions] = await Promise.all([
      casesReadTwice(this.#client, siteId, since, isDrawnOnly),
      blindOpinions(this.#client, siteId, since),
    ]);
    const cases = all.slice(0, MOST_CASES);
    return {
      cases: cases.length,
      drawn: cases.filter(({ isDrawn }) => isDrawn).length,
      isCapped: all.length > MOST_CASES || opinions.length > MOST_CASES,
      group: groupAgreement(cases),
      pairs: await oneByOne(pairAgreements(cases)),
      findings: await oneByOne(findingAgreements(cases)),
      readersAgainstAi: await oneByOne(
        againstAi(opinions.slice(0, MOST_CASES)),
      ),
    };
  }

  /**
   * How far the readers of each group agree, on the same cases as above: of
   * each open pool, as it is made up now, or of each pair of grades.
   *
   * @throws as above.
   */
  async ofGroups(
    viewer: Viewer,
    request: AgreementRequest,
    by: ReaderGrouping,
  ): Promise<SetAgreement[]> {
    const since = this.#since(viewer, request);
    const { siteId, isDrawnOnly } = request;
    const [all, sets] = await Promise.all([
      casesReadTwice(this.#client, siteId, since, isDrawnOnly),
      this.#sets(siteId, by),
    ]);
    return oneByOne(setAgreements(all.slice(0, MOST_CASES), sets));
  }

  async #sets(siteId: string, by: ReaderGrouping): Promise<readonly CaseSet[]> {
    switch (by) {
      case "pool":
        return poolSets(await poolMembersOfSite(this.#client, siteId));
      case "grade":
        return GRADE_SETS;
    }
  }

  /** From when on is asked, by who may ask. */
  #since(viewer: Viewer, { siteId, weeks }: AgreementRequest): Date {
    assertCan(viewer, "agreement:read", { what: "site", siteId });
    if (!isUuid(siteId)) throw new NotFoundError("site");
    if (weeks < 1 || weeks > MOST_WEEKS) {
      throw new BadInputError(
        `This is between 1 and ${String(MOST_WEEKS)} weeks.`,
        ["weeks"],
      );
    }
    return addSeconds(this.#clock.now(), -weeks * WEEK_SECONDS);
  }
}

/** Lets others have their turn between figures of a tenth of a second each. */
async function oneByOne<Item>(items: Iterable<Item>): Promise<Item[]> {
  const done: Item[] = [];
  for (const item of items) {
    done.push(item);
    await setImmediate();
  }
  return done;
}
