import { describe, expect, it } from "vitest";
import { PROCEDURE_STEPS } from "../features/procedure-steps/procedure-queries.ts";
import { MACROS } from "../features/macros/macro-queries.ts";
import { createCache } from "./graphql-client.ts";
import { nextCursor } from "./paged-lists.ts";

const SITE = { siteId: "a-site" };

function macros(ids: string[], endCursor: string, hasNextPage: boolean) {
  return {
    reportMacros: {
      edges: ids.map((id) => ({
        node: {
          __typename: "ReportMacro" as const,
          id,
          name: id,
          isOfSite: true,
          viewerCanEdit: false,
          texts: [],
        },
      })),
      pageInfo: { hasNextPage, endCursor },
    },
  };
}

function namesIn(cache: ReturnType<typeof createCache>, variables: object) {
  const query = MACROS;
  const read = cache.readQuery({ query, variables: { ...SITE, ...variables } });
  return read?.reportMacros.edges.map(({ node }) => node.name);
}

describe("a list that grows", () => {
  it("holds what was loaded after its first page", () => {
    const cache = createCache();
    const write = (after: string | null, data: ReturnType<typeof macros>) =>
      cache.writeQuery({ query: MACROS, variables: { ...SITE, after }, data });
    write(null, macros(["a", "b"], "at-b", true));
    write("at-b", macros(["c"], "at-c", false));
    expect(namesIn(cache, { after: null })).toEqual(["a", "b", "c"]);
    const read = cache.readQuery({ query: MACROS, variables: SITE });
    expect(read?.reportMacros.pageInfo).toMatchObject({
      hasNextPage: false,
      endCursor: "at-c",
    });
    // Looked at anew, it stands as the server has it.
    write(null, macros(["b"], "at-b", false));
    expect(namesIn(cache, {})).toEqual(["b"]);
  });

  it("is another one where something else is asked", () => {
    const cache = createCache();
    cache.writeQuery({
      query: PROCEDURE_STEPS,
      variables: { ...SITE, mine: true, overdue: false },
      data: {
        procedureSteps: {
          edges: [],
          pageInfo: { hasNextPage: false, endCursor: null },
        },
      },
    });
    const of = (mine: boolean) =>
      cache.readQuery({
        query: PROCEDURE_STEPS,
        variables: { ...SITE, mine, overdue: false },
      });
    expect(of(true)?.procedureSteps.edges).toEqual([]);
    expect(of(false)).toBeNull();
  });
});

it("goes on after its last row only where there is more", () => {
  const page = (hasNextPage: boolean) => ({
    pageInfo: { hasNextPage, endCursor: "at-b" },
  });
  expect(nextCursor(page(true))).toBe("at-b");
  expect(nextCursor(page(false))).toBeNull();
  expect(nextCursor(undefined)).toBeNull();
});
