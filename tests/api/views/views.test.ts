import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { givenPolicy } from "../../testkit/policies.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asAuditor,
  asRadiologist,
  asStaff,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const FIELDS = `{ id name siteId viewerCanEdit viewerMayUse
  settings { base states urgencies labels aiPositive assignee pool arrived reader patientAges filmViews clinicalFlags isDoubtful preliminary openCritical sort columns rows } }`;
const CREATE = `mutation ($input: WorklistViewInput!) { view: createWorklistView(input: $input) ${FIELDS} }`;
const CHANGE = `mutation ($id: ID!, $input: WorklistViewInput!) { view: changeWorklistView(id: $id, input: $input) ${FIELDS} }`;
const SHARE = `mutation ($id: ID!, $siteId: ID) { view: shareWorklistView(id: $id, siteId: $siteId) ${FIELDS} }`;
const DELETE = `mutation ($id: ID!) { view: deleteWorklistView(id: $id) { id } }`;
const RESTORE = `mutation ($id: ID!) { view: restoreWorklistView(id: $id) ${FIELDS} }`;
const CHOOSE = `mutation ($id: ID) { view: setDefaultWorklistView(id: $id) { id } }`;
const DEFAULT = `{ view: defaultWorklistView ${FIELDS} }`;
const LIST = `query ($site: ID, $first: Int! = 50, $after: String) {
  worklistViews(siteId: $site, first: $first, after: $after) { edges { cursor node ${FIELDS} } pageInfo { hasNextPage } } }`;
const WORKLIST = `query ($filter: WorklistFilter, $sort: WorklistSort!) {
  worklist(filter: $filter, sort: $sort, first: 5) { edges { cursor } } }`;

interface View {
  id: string;
  name: string;
  siteId: string | null;
  viewerCanEdit: boolean;
  viewerMayUse: boolean;
  settings: object;
}
interface List {
  edges: { cursor: string; node: View }[];
  pageInfo: { hasNextPage: boolean };
}

const SETTINGS = {
  base: "ALL",
  states: [],
  urgencies: ["URGENT", "CRITICAL"],
  labels: [],
  columns: ["STATE", "PATIENT"],
  rows: "COMPACT",
};
const view = (name: string, settings: object = {}) => ({
  input: { name, settings: { ...SETTINGS, ...settings } },
});

describe("worklists as people set them out", () => {
  let server: TestServer;
  let siteId: string;
  let staff: SignedIn;
  let reader: SignedIn;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
    reader = await asRadiologist(server, siteId);
    admin = await asAdmin(server, siteId);
  });

  afterAll(() => server.stop());

  const done = async (
    who: SignedIn,
    document: string,
    variables: Record<string, unknown> = {},
    // The documents above select it.
  ) => (await who.execute(document, variables)).anyData()["view"] as View;
  const list = async (who: SignedIn, page: object = {}) => {
    const answer = await who.execute(LIST, { ...page });
    return answer.anyData()["worklistViews"] as List;
  };
  const names = async (who: SignedIn) =>
    (await list(who)).edges.map(({ node }) => node.name);
  const theDefault = async (who: SignedIn) =>
    (await who.execute(DEFAULT)).anyData()["view"] as View | null;

  it("are one's own, which nobody else sees or changes", async () => {
    const own = await done(reader, CREATE, view("  My\u00a0 morning "));
    expect(own).toMatchObject({
      name: "My morning",
      siteId: null,
      viewerCanEdit: true,
      settings: { urgencies: ["CRITICAL", "URGENT"], aiPositive: null },
    });
    expect(await names(staff)).not.toContain("My morning");
    const { id } = own;
    const steal = { id, ...view("stolen") };
    (await admin.execute(CHANGE, steal)).refusedWith("NOT_FOUND");
    (await admin.execute(DELETE, { id })).refusedWith("NOT_FOUND");
    (await admin.execute(SHARE, { id, siteId })).refusedWith("NOT_FOUND");
    (await admin.execute(CHOOSE, { id })).refusedWith("NOT_FOUND");
    const changed = { id, ...view("Evening", { sort: "PATIENT" }) };
    expect(await done(reader, CHANGE, changed)).toMatchObject({
      id,
      name: "Evening",
      settings: { sort: "PATIENT" },
    });
  });

  it("are shared with a site by staff and admins, and seen there alone", async () => {
    const { id } = await done(staff, CREATE, view("Whole ward"));
    const mine = await done(reader, CREATE, view("Not to share"));
    (await reader.execute(SHARE, { id: mine.id, siteId })).refusedWith(
      "FORBIDDEN",
    );
    const elsewhere = (await aSite(server)).id;
    const there = await asAdmin(server, elsewhere);
    (await staff.execute(SHARE, { id, siteId: elsewhere })).refusedWith(
      "NOT_FOUND",
    );
    await done(staff, SHARE, { id, siteId });
    expect(await names(reader)).toContain("Whole ward");
    expect(await names(there)).not.toContain("Whole ward");
    const { edges } = await list(reader, { site: siteId });
    const shared = edges.find(({ node }) => node.id === id)?.node;
    expect(shared).toMatchObject({ siteId, viewerCanEdit: false });
    (await reader.execute(DELETE, { id })).refusedWith("NOT_FOUND");
    (await there.execute(DELETE, { id })).refusedWith("NOT_FOUND");
    (await reader.execute(LIST, { site: elsewhere })).refusedWith("NOT_FOUND");
    // Whoever may share there takes it back, to the one who made it.
    await done(admin, SHARE, { id, siteId: null });
    expect(await names(admin)).not.toContain("Whole ward");
    expect(await names(staff)).toContain("Whole ward");
  });

  it("are not for whoever sees no worklist", async () => {
    const auditor = await asAuditor(server, siteId);
    (await auditor.execute(LIST)).refusedWith("FORBIDDEN");
    (await auditor.execute(CREATE, view("x"))).refusedWith("FORBIDDEN");
  });

  it("have a name once for each owner and site, however many save at once", async () => {
    const answers = await Promise.all(
      ["Same", "same", "SAME"].map((name) =>
        reader.execute(CREATE, view(name)),
      ),
    );
    const refused = answers.filter(({ code }) => code !== null);
    expect(refused).toHaveLength(2);
    for (const answer of refused) answer.refusedWith("VIEW_NAME_TAKEN");
    const first = await done(staff, CREATE, view("Shared name"));
    const second = await done(admin, CREATE, view("shared name"));
    const to = (id: string) => ({ id, siteId });
    const shares = await Promise.all([
      staff.execute(SHARE, to(first.id)),
      admin.execute(SHARE, to(second.id)),
    ]);
    const late = shares.filter(({ code }) => code !== null);
    expect(late).toHaveLength(1);
    late[0]?.refusedWith("VIEW_NAME_TAKEN");
  });

  it("refuse what is no setting, no name or too much", async () => {
    const bad = [
      view(""),
      view("x".repeat(61)),
      view("hid\u200bden"),
      view("twice", { columns: ["PATIENT", "PATIENT"] }),
      view("who", { assignee: "NGUYEN" }),
      view("whose", { pool: "none" }),
      view("many", { states: Array<string>(500).fill("WAITING") }),
    ];
    for (const input of bad)
      (await reader.execute(CREATE, input)).refusedWith("BAD_USER_INPUT");
    const searched = view("searched", { search: "NGUYEN" });
    expect((await reader.execute(CREATE, searched)).code).not.toBeNull();
    (await reader.execute(DELETE, { id: "x" })).refusedWith("NOT_FOUND");
  });

  it("are at most a hundred for each owner", async () => {
    const collector = await asStaff(server, siteId);
    await server.database.client.worklistView.createMany({
      data: Array.from({ length: 100 }, (_, n) => ({
        ownerId: collector.userId,
        name: `View ${String(n)}`,
        settings: SETTINGS,
      })),
    });
    (await collector.execute(CREATE, view("More"))).refusedWith(
      "BAD_USER_INPUT",
    );
  });

  it("come back within the hour, as they were and as a default", async () => {
    const { id } = await done(staff, CREATE, view("Gone"));
    await done(staff, SHARE, { id, siteId });
    await done(reader, CHOOSE, { id });
    expect(await theDefault(reader)).toMatchObject({ id });
    await done(staff, DELETE, { id });
    expect(await names(staff)).not.toContain("Gone");
    expect(await theDefault(reader)).toBeNull();
    (await staff.execute(DELETE, { id })).refusedWith("NOT_FOUND");
    (await reader.execute(RESTORE, { id })).refusedWith("NOT_FOUND");
    expect(await done(staff, RESTORE, { id })).toMatchObject({ siteId });
    expect(await theDefault(reader)).toMatchObject({ id });
    await done(staff, DELETE, { id });
    const long = new Date(server.clock.now().getTime() - 61 * 60_000);
    await server.database.client.worklistView.update({
      where: { id },
      data: { deletedAt: long },
    });
    (await staff.execute(RESTORE, { id })).refusedWith("NOT_FOUND");
  });

  it("give a restored view its name back only while nobody has it", async () => {
    const { id } = await done(staff, CREATE, view("Wanted"));
    await done(staff, DELETE, { id });
    await done(staff, CREATE, view("wanted"));
    (await staff.execute(RESTORE, { id })).refusedWith("VIEW_NAME_TAKEN");
  });

  it("open the worklist of whoever chose one, until he chooses the usual", async () => {
    const first = await done(staff, CREATE, view("First"));
    const second = await done(staff, CREATE, view("Second"));
    await done(staff, CHOOSE, { id: first.id });
    await done(staff, CHOOSE, { id: second.id });
    expect(await theDefault(staff)).toMatchObject({ id: second.id });
    await done(staff, CHOOSE, { id: null });
    expect(await theDefault(staff)).toBeNull();
  });

  it("of the AI are not for a blind reader, whoever shared them", async () => {
    for (const settings of [
      { aiPositive: true },
      { sort: "PROBABILITY" },
      { sort: "PROBABILITY_REVERSED" },
    ]) {
      const name = `AI ${Object.values(settings).join()}`;
      const { id } = await done(admin, CREATE, view(name, settings));
      await done(admin, SHARE, { id, siteId });
      const { edges } = await list(reader);
      const seen = edges.find(({ node }) => node.id === id)?.node;
      expect(seen).toMatchObject({ viewerMayUse: false });
      (await reader.execute(CHOOSE, { id })).refusedWith("AI_HIDDEN");
      (await reader.execute(CREATE, view("mine", settings))).refusedWith(
        "AI_HIDDEN",
      );
      // What the page would ask for after all is refused by the list.
      const { aiPositive, sort } = {
        aiPositive: null,
        sort: "URGENCY",
        ...settings,
      };
      const asked = { filter: { aiPositive }, sort };
      (await reader.execute(WORKLIST, asked)).refusedWith("AI_HIDDEN");
      expect(await done(staff, CHOOSE, { id })).toMatchObject({ id });
    }
  });

  it("of the AI stop being a default once a site reads blind", async () => {
    const open = (await aSite(server)).id;
    await givenPolicy(server, open, { reading: { mode: "open" } });
    const there = await asRadiologist(server, open);
    const { id } = await done(there, CREATE, view("AI", { aiPositive: true }));
    await done(there, CHOOSE, { id });
    expect(await theDefault(there)).toMatchObject({ id, viewerMayUse: true });
    await givenPolicy(server, open, { reading: { mode: "blind" } });
    expect(await theDefault(there)).toBeNull();
  });

  it("come in pages by name", async () => {
    const first = await list(staff, { first: 1 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const after = first.edges[0]?.cursor;
    const next = await list(staff, { first: 1, after });
    expect(next.edges[0]?.node.id).not.toBe(first.edges[0]?.node.id);
  });
});
