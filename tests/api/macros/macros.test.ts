import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const FIELDS = `{ id name texts { language section text } isOfSite viewerCanEdit }`;
const OWN = `mutation ($input: ReportMacroInput!) { saveOwnMacro(input: $input) ${FIELDS} }`;
const SITE = `mutation ($input: ReportMacroInput!) { saveSiteMacro(input: $input) ${FIELDS} }`;
const DELETE = `mutation ($id: ID!) { deleteMacro(id: $id) { id } }`;
const LIST = `query ($site: ID!, $first: Int! = 50, $after: String) {
  reportMacros(siteId: $site, first: $first, after: $after) { edges { cursor node ${FIELDS} } pageInfo { hasNextPage } } }`;

const findings = (text: string) => ({
  language: "EN",
  section: "FINDINGS",
  text,
});

interface Macro {
  id: string;
  name: string;
}
interface List {
  edges: { cursor: string; node: Macro & { viewerCanEdit: boolean } }[];
  pageInfo: { hasNextPage: boolean };
}

describe("texts that reports are written of", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;
  let other: SignedIn;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    other = await asRadiologist(server, siteId);
    admin = await asAdmin(server, siteId);
  });

  afterAll(() => server.stop());

  const macro = (name: string, rest: object = {}) => ({
    input: { siteId, name, texts: [findings("Clear.")], ...rest },
  });
  // The documents above select it.
  const made = (answer: { anyData: () => Record<string, unknown> }) =>
    Object.values(answer.anyData())[0] as Macro;
  const list = async (viewer: SignedIn, page: object = {}) => {
    const answer = await viewer.execute(LIST, { site: siteId, ...page });
    return answer.anyData()["reportMacros"] as List;
  };
  const names = async (viewer: SignedIn) =>
    (await list(viewer)).edges.map(({ node }) => node.name);

  it("are one's own, which nobody else sees or changes, and the site's", async () => {
    const own = made(await reader.execute(OWN, macro("bclear")));
    made(await admin.execute(SITE, macro("aclear")));
    expect(await names(reader)).toEqual(["aclear", "bclear"]);
    expect(await names(other)).toEqual(["aclear"]);
    const { edges } = await list(reader);
    expect(edges.map(({ node }) => node.viewerCanEdit)).toEqual([false, true]);
    const steal = macro("stolen", { id: own.id });
    (await other.execute(OWN, steal)).refusedWith("NOT_FOUND");
    (await admin.execute(SITE, steal)).refusedWith("NOT_FOUND");
    (await other.execute(DELETE, { id: own.id })).refusedWith("NOT_FOUND");
    const changed = macro("bclear", {
      id: own.id,
      texts: [findings("All clear.")],
    });
    expect(made(await reader.execute(OWN, changed))).toMatchObject({
      id: own.id,
      texts: [findings("All clear.")],
    });
  });

  it("of the site are written by admins alone, and of another site by nobody", async () => {
    (await reader.execute(SITE, macro("x"))).refusedWith("FORBIDDEN");
    const site = made(await admin.execute(SITE, macro("kept")));
    (await reader.execute(DELETE, { id: site.id })).refusedWith("NOT_FOUND");
    const elsewhere = (await aSite(server)).id;
    const there = macro("x", { siteId: elsewhere });
    expect((await reader.execute(OWN, there)).code).not.toBeNull();
    const answer = await reader.execute(LIST, { site: elsewhere });
    expect(answer.code).not.toBeNull();
    (await admin.execute(DELETE, { id: site.id })).anyData();
    expect(await names(admin)).not.toContain("kept");
  });

  it("have a name once for each owner, whatever its case, of one word", async () => {
    await reader.execute(OWN, macro("Heart"));
    (await reader.execute(OWN, macro("heart"))).refusedWith("MACRO_NAME_TAKEN");
    (await other.execute(OWN, macro("heart"))).anyData();
    (await reader.execute(OWN, macro("two words"))).refusedWith(
      "BAD_USER_INPUT",
    );
    (
      await reader.execute(OWN, macro("empty", { texts: [findings(" ")] }))
    ).refusedWith("BAD_USER_INPUT");
  });

  it("have each section once in a language, in the order of a report", async () => {
    const twice = macro("twice", { texts: [findings("a"), findings("b")] });
    (await reader.execute(OWN, twice)).refusedWith("BAD_USER_INPUT");
    const none = macro("none", { texts: [] });
    (await reader.execute(OWN, none)).refusedWith("BAD_USER_INPUT");
    const huge = macro("huge", { texts: [findings("x".repeat(4001))] });
    (await reader.execute(OWN, huge)).refusedWith("BAD_USER_INPUT");
    const vi = { language: "VI", section: "FINDINGS", text: "Phổi sáng." };
    const impression = { ...findings("Normal."), section: "IMPRESSION" };
    const texts = [vi, impression, findings("Clear.")];
    expect(
      made(await reader.execute(OWN, macro("all", { texts }))),
    ).toMatchObject({ texts: [findings("Clear."), impression, vi] });
  });

  it("are kept once under a name, however many save it at once", async () => {
    const answers = await Promise.all(
      [1, 2, 3].map(() => reader.execute(OWN, macro("same"))),
    );
    expect(answers.filter(({ code }) => code === null)).toHaveLength(1);
    for (const answer of answers)
      if (answer.code !== null) answer.refusedWith("MACRO_NAME_TAKEN");
  });

  it("come in pages by name", async () => {
    const first = await list(reader, { first: 1 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const next = await list(reader, {
      first: 1,
      after: first.edges[0]?.cursor,
    });
    expect(next.edges[0]?.node.name).not.toBe(first.edges[0]?.node.name);
  });
});
