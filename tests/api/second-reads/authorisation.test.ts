import { inflateSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aPolicy, asInput, givenPolicy } from "../../testkit/policies.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import {
  amend,
  caseOf,
  claim,
  reads,
  release,
  request,
  signHeld,
  takeOver,
} from "./second-reading.ts";

const NEXT = "mutation { claimNextCase(secondReads: true) { id viewerStage } }";
const LOOK = `query ($id: ID!) { case(id: $id) {
  firstIsKept awaitsFurtherReader viewerCanClaim secondReadReasons
  authorisation { at by { id } }
  signedVersions { readerGrade label }
} }`;

describe("what a junior signs, where a senior has to authorise it", () => {
  let server: TestServer;
  let siteId: string;
  let junior: SignedIn;
  let otherJunior: SignedIn;
  let senior: SignedIn;

  beforeAll(async () => {
    // Papers are drawn where films are.
    server = await startTestServer({ films: true });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    junior = await asJunior();
    otherJunior = await asJunior();
    senior = await asRadiologist(server, siteId);
    await givenPolicy(server, siteId, { secondReads: { juniors: true } });
  });

  async function asJunior(): Promise<SignedIn> {
    const reader = await asRadiologist(server, siteId);
    await graded(reader, "JUNIOR");
    return reader;
  }

  const graded = (reader: SignedIn, grade: "JUNIOR" | "SENIOR") =>
    server.database.client.user.update({
      where: { id: reader.userId },
      data: { grade },
    });

  const unread = async () =>
    (await aCase(server, siteId).notAssessed("lateral").create()).case.id;

  /** A case that the junior signed, with the version's id. */
  async function signedByJunior(label = "NORMAL") {
    const id = await unread();
    return { id, versionId: await reads(server, junior, id, label) };
  }

  const look = async (who: SignedIn, id: string) =>
    (await who.execute(LOOK, { id })).anyData()["case"];

  it("waits for a second reading, with the grade kept in the signature", async () => {
    const id = await unread();
    const { events } = await recordedBy(server, () =>
      reads(server, junior, id, "NORMAL"),
    );
    expect(events.find(({ type }) => type === "reading.signed")).toMatchObject({
      after: {
        case: { secondRead: "SECOND_DUE", secondReadReasons: ["grade"] },
        reading: { readerGrade: "JUNIOR" },
      },
    });
    // Who becomes a senior signed as a junior.
    await graded(junior, "SENIOR");
    expect(await look(senior, await unread())).toMatchObject({
      authorisation: null,
    });
    const staff = await asStaff(server, siteId);
    expect(await look(staff, id)).toMatchObject({
      secondReadReasons: ["grade"],
      authorisation: { at: null, by: null },
      signedVersions: [{ readerGrade: "JUNIOR", label: "NORMAL" }],
    });
  });

  it("is nothing special of a senior, and of a junior where no rule says so", async () => {
    const seniors = await unread();
    await reads(server, senior, seniors, "NORMAL");
    expect(await caseOf(server, seniors)).toMatchObject({ secondRead: null });
    await givenPolicy(server, siteId, { secondReads: { juniors: false } });
    const { id } = await signedByJunior();
    expect(await caseOf(server, id)).toMatchObject({
      secondRead: null,
      secondReadReasons: [],
    });
    expect(await look(junior, id)).toMatchObject({ authorisation: null });
  });

  it("goes to a senior alone: no other junior is given, offered or lent it", async () => {
    const { id } = await signedByJunior();
    const refused = (await claim(otherJunior, id)).refusedWith(
      "SENIOR_REQUIRED",
    );
    expect(refused).toMatchObject({ extensions: { bar: "NOT_SENIOR" } });
    expect((await otherJunior.execute(NEXT)).anyData()).toEqual({
      claimNextCase: null,
    });
    const list = `{ worklist(filter: { secondReads: true }) { totalCount } worklistSummary { secondReads } }`;
    for (const [who, count] of [
      [otherJunior, 0],
      [junior, 0],
      [senior, 1],
    ] as const)
      expect((await who.execute(list)).anyData()).toEqual({
        worklist: { totalCount: count },
        worklistSummary: { secondReads: count },
      });
    // He cannot be its second reader, so nothing is kept from him…
    expect(await look(otherJunior, id)).toMatchObject({
      firstIsKept: false,
      awaitsFurtherReader: false,
      viewerCanClaim: false,
      signedVersions: [{ label: "NORMAL" }],
    });
    // …and from the senior everything, even that it was a junior who signed.
    expect(await look(senior, id)).toMatchObject({
      firstIsKept: true,
      awaitsFurtherReader: true,
      viewerCanClaim: true,
      secondReadReasons: [],
      authorisation: null,
      signedVersions: [],
    });
    expect((await senior.execute(NEXT)).anyData()).toEqual({
      claimNextCase: { id, viewerStage: "SECOND" },
    });
    (await takeOver(otherJunior, id)).refusedWith("SENIOR_REQUIRED");
    (await release(senior, id)).anyData();
  });

  it("is authorised by the senior who signs the same", async () => {
    const { id } = await signedByJunior("PNEUMONIA");
    await reads(server, senior, id, "PNEUMONIA");
    expect(await caseOf(server, id)).toMatchObject({ secondRead: "AGREED" });
    expect(await look(junior, id)).toMatchObject({
      authorisation: {
        at: server.clock.now().toISOString(),
        by: { id: senior.userId },
      },
    });
  });

  it("stays preliminary where the senior says otherwise, until the junior amends to it", async () => {
    const { id, versionId } = await signedByJunior("NORMAL");
    await reads(server, senior, id, "PNEUMONIA");
    expect(await look(junior, id)).toMatchObject({
      authorisation: { at: null, by: null },
    });
    // Who decides between the two is a senior as well.
    (await claim(otherJunior, id)).refusedWith("SENIOR_REQUIRED");
    const third = await asRadiologist(server, siteId);
    await reads(server, third, id, "PNEUMONIA");
    expect(await look(junior, id)).toMatchObject({
      authorisation: { at: null, by: null },
    });
    (await amend(junior, versionId, "PNEUMONIA")).anyData();
    expect(await look(junior, id)).toMatchObject({
      authorisation: { by: { id: third.userId } },
    });
  });

  it("may not be signed by a senior who was made a junior meanwhile", async () => {
    const { id } = await signedByJunior();
    (await claim(senior, id)).anyData();
    await graded(senior, "JUNIOR");
    const signs = () => signHeld(server, senior, id, { label: "NORMAL" });
    (await signs()).refusedWith("SENIOR_REQUIRED");
    await graded(senior, "SENIOR");
    (await signs()).anyData();
  });

  it("leaves other second readings to juniors", async () => {
    const id = await unread();
    await reads(server, senior, id, "NORMAL");
    (await request(senior, id)).anyData();
    await reads(server, otherJunior, id, "NORMAL");
    expect(await caseOf(server, id)).toMatchObject({
      secondRead: "AGREED",
      secondReadReasons: ["asked"],
    });
  });

  it("is printed as preliminary and names the senior afterwards", async () => {
    const { id, versionId } = await signedByJunior();
    const paper = (who: SignedIn) => who.fetch(`/reports/${versionId}.pdf`);
    /** 84 points, across a page: nothing else on it is so large. */
    const isAcross = async (answer: Response) => {
      expect(answer.status).toBe(200);
      const text = Buffer.from(await answer.arrayBuffer()).toString("latin1");
      return [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)]
        .map(([, packed = ""]) => {
          try {
            return inflateSync(Buffer.from(packed, "latin1")).toString(
              "latin1",
            );
          } catch {
            return ""; // a font or a picture
          }
        })
        .some((page) => page.includes(" 84 Tf"));
    };
    expect(await isAcross(await paper(junior))).toBe(true);
    expect((await paper(senior)).status).toBe(404);
    await reads(server, senior, id, "NORMAL");
    expect(await isAcross(await paper(senior))).toBe(false);
  });

  it("is a rule of the policy that admins alone change", async () => {
    const { id } = await aSite(server);
    const admin = await asAdmin(server, id);
    const reader = await asRadiologist(server, id);
    const save = (who: SignedIn) =>
      who.execute(
        "mutation ($input: SavePolicyInput!) { savePolicy(input: $input) { document { secondReads { juniors } } } }",
        {
          input: {
            siteId: id,
            document: asInput(aPolicy({ secondReads: { juniors: true } })),
            baseVersion: 1,
            reason: "juniors came",
          },
        },
      );
    (await save(reader)).refusedWith("FORBIDDEN");
    expect((await save(admin)).anyData()).toEqual({
      savePolicy: { document: { secondReads: { juniors: true } } },
    });
  });
});
