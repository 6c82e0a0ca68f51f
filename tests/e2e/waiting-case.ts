import { caller } from "./desk-api.ts";

/**
 * Waiting cases that the worklist's filter finds, the most urgent first, as
 * staff see them: a reader is blind to what the AI says.
 *
 * @param filter of the query `worklist`
 * @returns their ids; one at least
 */
export async function waitingCases(filter: object = {}): Promise<string[]> {
  const staff = await caller("staff@demo.lung-iris");
  const { worklist } = await staff.ask(
    `query ($filter: WorklistFilter) { worklist(filter: $filter, first: 200) {
      edges { node { id } } } }`,
    { filter: { states: ["WAITING"], ...filter } },
  );
  const { edges } = worklist as { edges: { node: { id: string } }[] };
  if (edges.length === 0)
    throw new Error(`no case waits of ${JSON.stringify(filter)}`);
  return edges.map(({ node }) => node.id);
}

/** The least urgent of them, so that others are left where they are sought. */
export async function lastWaiting(filter: object = {}): Promise<string> {
  return (await waitingCases(filter)).at(-1) ?? "";
}
