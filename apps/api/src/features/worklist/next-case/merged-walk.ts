import type { DatabaseClient } from "@lung-iris/prisma";
import type { WorklistQuery } from "../../worklist-query/worklist.query.ts";
import { findWorklist } from "../worklist.store.ts";
import type { WorklistHit } from "../worklist.store.ts";

/** A list read so far: what is left of the last page, and how to go on. */
interface Front {
  list: WorklistQuery;
  hits: WorklistHit[];
  isAtEnd: boolean;
}

/**
 * Several lists in the order by urgency as one: by place, and within a place
 * list after list, the first one first; each list keeps its own order. Reads
 * a page of each at a time and no further.
 */
export class MergedWalk {
  readonly #client: DatabaseClient;
  readonly #size: number;
  readonly #fronts: Front[];
  readonly #last = new Map<Front, WorklistHit>();

  constructor(
    client: DatabaseClient,
    lists: readonly WorklistQuery[],
    size: number,
  ) {
    this.#client = client;
    this.#size = size;
    this.#fronts = lists.map((list) => ({ list, hits: [], isAtEnd: false }));
  }

  /** The next ids; fewer than a page only at the end of all lists. */
  async next(): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < this.#size) {
      await Promise.all(this.#fronts.map((front) => this.#refill(front)));
      const front = leading(this.#fronts);
      const hit = front?.hits.shift();
      if (hit === undefined) break;
      ids.push(hit.id);
    }
    return ids;
  }

  async #refill(front: Front): Promise<void> {
    if (front.hits.length > 0 || front.isAtEnd) return;
    const after = this.#last.get(front)?.key ?? null;
    const size = this.#size;
    front.hits = await findWorklist(
      this.#client,
      front.list,
      null,
      after,
      size,
    );
    front.isAtEnd = front.hits.length < size;
    const last = front.hits.at(-1);
    if (last !== undefined) this.#last.set(front, last);
  }
}

/** The list whose next row stands highest; of equals the first. */
function leading(fronts: readonly Front[]): Front | null {
  const placeOf = ({ hits: [head] }: Front): number =>
    head === undefined ? Infinity : head.key[0];
  return fronts.reduce<Front | null>(
    (best, front) =>
      best === null || placeOf(front) < placeOf(best) ? front : best,
    null,
  );
}
