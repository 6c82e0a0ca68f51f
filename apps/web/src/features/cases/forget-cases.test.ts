import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { createCache } from "../../lib/graphql-client.ts";
import { forgetCases } from "./forget-cases.ts";

const CASE = parse(`
  query Case($id: ID!) {
    case(id: $id) {
      id
      study {
        id
      }
      site {
        id
      }
    }
  }
`);
const STEPS = parse(`
  query Steps($caseId: ID!) {
    steps(caseId: $caseId) {
      id
    }
  }
`);
const LIST = parse(`
  query List {
    list {
      id
      site {
        id
      }
    }
  }
`);

describe("cases that were left", () => {
  it("go with what only they refer to", () => {
    const cache = createCache();
    for (const id of ["one", "two"]) {
      cache.writeQuery({
        query: CASE,
        variables: { id },
        data: {
          case: {
            __typename: "Case",
            id,
            study: { __typename: "Study", id: `of-${id}` },
            site: { __typename: "Site", id: "site" },
          },
        },
      });
      cache.writeQuery({
        query: STEPS,
        variables: { caseId: id },
        data: { steps: [{ __typename: "Step", id: `step-of-${id}` }] },
      });
    }
    forgetCases(cache, ["one"]);
    expect(Object.keys(cache.extract()).sort()).toEqual([
      "Case:two",
      "ROOT_QUERY",
      "Site:site",
      "Step:step-of-two",
      "Study:of-two",
    ]);
    expect(
      cache.readQuery({ query: CASE, variables: { id: "one" } }),
    ).toBeNull();
    expect(
      cache.readQuery({ query: STEPS, variables: { caseId: "two" } }),
    ).toMatchObject({ steps: [{ id: "step-of-two" }] });
  });

  it("stay in the lists that name them", () => {
    const cache = createCache();
    const site = { __typename: "Site", id: "site" };
    cache.writeQuery({
      query: LIST,
      data: { list: [{ __typename: "Case", id: "one", site }] },
    });
    cache.writeQuery({
      query: CASE,
      variables: { id: "one" },
      data: {
        case: {
          __typename: "Case",
          id: "one",
          study: { __typename: "Study", id: "of-one" },
          site,
        },
      },
    });
    forgetCases(cache, ["one"]);
    expect(cache.readQuery({ query: LIST })).toMatchObject({
      list: [{ id: "one", site: { id: "site" } }],
    });
  });
});
