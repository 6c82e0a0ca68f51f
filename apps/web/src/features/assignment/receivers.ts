import type { ReceiversQuery } from "../../gql/graphql.ts";

/** Who is given a case: a reader or a pool. */
export interface Receiver {
  kind: "reader" | "pool";
  id: string;
  name: string;
}

/** The same with what there is to do already. */
export interface LoadedReceiver extends Receiver {
  /** Cases that wait for the reader, or for the pool. */
  waiting: number;
  /** Cases that the reader holds; 0 for a pool. */
  reading: number;
}

/**
 * Who can be given cases of all of some sites: readers of every one, by name,
 * and a pool where it is one site, since a pool belongs to one.
 * @param answers one a site
 */
export function receiversOf(
  answers: readonly ReceiversQuery[],
): LoadedReceiver[] {
  const [first, ...others] = answers;
  if (first === undefined) return [];
  const readsEverywhere = (userId: string) =>
    others.every(({ readerLoads }) =>
      readerLoads.some(({ user }) => user.id === userId),
    );
  const readers = first.readerLoads
    .filter(({ user }) => readsEverywhere(user.id))
    .map(({ user: { id, name }, waiting, reading }) => ({
      kind: "reader" as const,
      id,
      name,
      waiting,
      reading,
    }));
  const pools =
    others.length > 0
      ? []
      : first.readerPools.map(({ id, name, waiting }) => ({
          kind: "pool" as const,
          id,
          name,
          waiting,
          reading: 0,
        }));
  return [...readers, ...pools];
}

/** The variables of a mutation that gives something to a receiver. */
export function receiverIds(to: Pick<Receiver, "kind" | "id"> | null) {
  return {
    userId: to?.kind === "reader" ? to.id : null,
    poolId: to?.kind === "pool" ? to.id : null,
  };
}
