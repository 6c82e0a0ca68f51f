import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { encodeCursor } from "../../../apps/api/src/platform/pagination.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asNobody,
  asRadiologist,
  asStaff,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const NUL = "a\u0000b";
const WORKLIST = `query ($filter: WorklistFilter, $sort: WorklistSort, $after: String) {
  worklist(filter: $filter, sort: $sort, first: 5, after: $after) { totalCount edges { cursor } }
}`;
const AUDIT = `query ($filter: AuditFilter, $after: String) {
  auditEvents(filter: $filter, first: 5, after: $after) { edges { cursor } }
}`;
const USERS = `query ($search: String, $after: String) { users(search: $search, first: 5, after: $after) { edges { cursor } } }`;
const HISTORY = `query ($id: ID!, $after: String) { case(id: $id) { history(first: 5, after: $after) { edges { cursor } } } }`;
const CREATE = `mutation ($input: CreateUserInput!) { createUser(input: $input) { id } }`;
const DATASET = `mutation ($name: String!, $site: ID!) { createDataset(name: $name, filter: { siteId: $site }) { id } }`;
const DETAILS = `mutation ($input: StudyDetailsInput!) { updateStudyDetails(input: $input) { id } }`;
const SIGN = `mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }`;
const DRAFT = `mutation ($id: ID!, $input: ReadingDraftInput!) { saveReadingDraft(caseId: $id, input: $input) { id } }`;
const MACRO = `mutation ($input: ReportMacroInput!) { saveOwnMacro(input: $input) { texts { text } } }`;
const SIGN_IN = `mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }`;

describe("input that nobody's screen sends", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;
  let staff: SignedIn;
  let admin: SignedIn;
  let caseId: string;
  let studyId: string;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
    admin = await asAdmin(server, siteId);
    const scenario = await aCase(server, siteId).assessed(0.8).create();
    caseId = scenario.case.id;
    studyId = scenario.study.id;
    await reader.execute(
      `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`,
      { id: caseId },
    );
  });

  afterAll(() => server.stop());

  /** Answered or refused in words, never by an accident of ours. */
  async function expectNoAccident(
    client: Pick<SignedIn, "execute">,
    document: string,
    variables: Record<string, unknown>,
  ): Promise<void> {
    const { code } = await client.execute(document, variables);
    expect(code, JSON.stringify(variables)).not.toBe("INTERNAL");
  }

  it("may hold a character that the database cannot keep", async () => {
    for (const filter of [
      { search: NUL },
      { search: "ab\u0000" },
      { siteId: NUL },
      { assigneeId: NUL },
    ])
      await expectNoAccident(reader, WORKLIST, { filter });
    for (const filter of [
      { actorId: NUL },
      { actorSearch: NUL },
      { subjectId: NUL },
      { patientId: NUL },
      { patientSearch: NUL },
      { types: [NUL] },
    ])
      await expectNoAccident(admin, AUDIT, { filter });
    await expectNoAccident(admin, USERS, { search: NUL });
    await expectNoAccident(admin, DATASET, { name: NUL, site: siteId });
    await expectNoAccident(asNobody(server), SIGN_IN, {
      email: NUL,
      password: NUL,
    });
    const person = {
      email: "nul@test.example",
      name: NUL,
      role: "STAFF",
      password: "three horses on a hill",
      siteIds: [siteId],
    };
    await expectNoAccident(admin, CREATE, { input: person });
    for (const field of ["patientName", "mrn", "clinicalNote", "description"])
      await expectNoAccident(staff, DETAILS, {
        input: { studyId, [field]: NUL },
      });
    await expectNoAccident(reader, SIGN, {
      input: {
        caseId,
        caseVersion: 2,
        label: "PNEUMONIA",
        decision: "CONFIRM",
        comment: NUL,
      },
    });
    const literal = String.raw`{ worklist(filter: { search: "a\u0000b" }) { totalCount } }`;
    await expectNoAccident(reader, literal, {});
  });

  it("may hold half a character, which is refused in words", async () => {
    const half = "a\ud800b";
    const report = {
      language: "EN",
      indication: "",
      technique: "",
      comparison: "",
      findings: half,
      impression: "",
    };
    const sign = {
      caseId,
      caseVersion: 2,
      label: "PNEUMONIA",
      decision: "CONFIRM",
      report,
    };
    const macro = {
      siteId,
      name: "half",
      texts: [{ language: "EN", section: "FINDINGS", text: half }],
    };
    const asked: [SignedIn, string, Record<string, unknown>][] = [
      [admin, AUDIT, { filter: { patientSearch: half } }],
      [admin, AUDIT, { filter: { patientSearch: "\udc00" } }],
      [reader, DRAFT, { id: caseId, input: { comment: half } }],
      [
        reader,
        DRAFT,
        { id: caseId, input: { report: { ...report, edited: [] } } },
      ],
      [reader, SIGN, { input: sign }],
      [reader, MACRO, { input: macro }],
    ];
    for (const [viewer, document, variables] of asked) {
      const answer = await viewer.execute(document, variables);
      const { message } = answer.refusedWith("BAD_USER_INPUT");
      expect(message, document).toContain("half a character");
    }
    // A whole one is written with two surrogates, and kept.
    const whole = "\u{1fac1} clear";
    const texts = [{ language: "EN", section: "FINDINGS", text: whole }];
    const kept = await reader.execute(MACRO, { input: { ...macro, texts } });
    expect(kept.anyData()["saveOwnMacro"]).toMatchObject({
      texts: [{ text: whole }],
    });
  });

  it("may be a cursor that was made by hand", async () => {
    const id = "00000000-0000-7000-8000-000000000000";
    const cursors: [string, unknown[]][] = [
      ["ARRIVED_NEWEST", ["SOON", "0000-01-01T00:00:00Z", id]],
      ["URGENCY", ["SOON", "9999-12-31T23:59:59.999999999Z", id]],
      ["PROBABILITY", ["SOON", "1e999999", id]],
      ["PROBABILITY", ["SOON", "-0", id]],
      ["PATIENT", ["SOON", NUL, id]],
      ["PATIENT", ["SOON", "\ud800", id]],
    ];
    for (const [sort, values] of cursors)
      await expectNoAccident(reader, WORKLIST, {
        sort,
        after: encodeCursor(values),
      });
    for (const seq of ["9999999999999999999", "0", "00"]) {
      const after = encodeCursor([seq]);
      await expectNoAccident(admin, AUDIT, { after });
      await expectNoAccident(reader, HISTORY, { id: caseId, after });
    }
    await expectNoAccident(admin, USERS, { after: encodeCursor([NUL, id]) });
  });

  it("may name a time that no calendar of the database has", async () => {
    for (const time of [
      "0000-01-01T00:00:00Z",
      "0001-01-01T00:00:00+14:00",
      "9999-12-31T23:59:59Z",
      "9999-12-31T23:59:59-12:00",
    ]) {
      for (const end of ["arrivedAfter", "arrivedBefore"])
        await expectNoAccident(reader, WORKLIST, { filter: { [end]: time } });
      for (const end of ["after", "before"])
        await expectNoAccident(admin, AUDIT, { filter: { [end]: time } });
    }
  });

  it("may nest deeper than any stack", async () => {
    const deep = (levels: number): string =>
      `${"[".repeat(levels)}${"]".repeat(levels)}`;
    const body = `{"query":${JSON.stringify(WORKLIST)},"variables":{"filter":${deep(50_000)}}}`;
    const response = await reader.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    expect(await response.text()).toContain("BAD_USER_INPUT");
    const after = Buffer.from(deep(20_000)).toString("base64url");
    await expectNoAccident(reader, WORKLIST, { after });
    const form = new FormData();
    form.set("details", `{"byFile":${deep(200_000)}}`);
    form.set("film", new Blob(["x"]), "a.png");
    const upload = await staff.fetch("/upload", { method: "POST", body: form });
    expect(upload.status).toBe(400);
  });

  it("may turn the direction of a name, which is refused in words", async () => {
    const name = "NGUYEN, \u202eAn";
    const changed = await staff.execute(DETAILS, {
      input: { studyId, patientName: name },
    });
    expect(changed.refusedWith("BAD_USER_INPUT").message).toContain(
      "direction",
    );
    const person = {
      email: "turned@test.example",
      name,
      role: "STAFF",
      password: "three horses on a hill",
      siteIds: [siteId],
    };
    (await admin.execute(CREATE, { input: person })).refusedWith(
      "BAD_USER_INPUT",
    );
  });

  it("may spread fragments in each other without end", async () => {
    const names = Array.from({ length: 14 }, (_, n) => `f${String(n)}`);
    const all = names.map((name) => `...${name}`).join(" ");
    const fragments = names.map(
      (name) => `fragment ${name} on Case { ${all} }`,
    );
    const document = `{ case(id: "x") { ...f0 } } ${fragments.join(" ")}`;
    (await asNobody(server).execute(document)).refusedWith(
      "GRAPHQL_VALIDATION_FAILED",
    );
  });
});
