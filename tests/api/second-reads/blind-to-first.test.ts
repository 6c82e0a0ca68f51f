import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { givenPolicy } from "../../testkit/policies.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asRadiologist,
  asStaff,
  signedInAs,
  type SignedIn,
} from "../../testkit/viewers.ts";
import {
  caseOf,
  claim,
  reads,
  request,
  showFirst,
  signHeld,
} from "./second-reading.ts";

const SIGNER = "Signer Whomever";
/** Told by no other row, column or catalogue of the desk. */
const COMMENT = "remark-of-the-first";
const IMPRESSION = "impression-of-the-first";

describe("what was signed first", () => {
  let server: TestServer;
  let siteId: string;
  let first: SignedIn;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    first = await signedInAs(server, "RADIOLOGIST", [siteId], SIGNER);
    staff = await asStaff(server, siteId);
  });
  afterAll(() => server.stop());

  /** A case with all that a signature can say, due a second reading. */
  async function aSigned() {
    const shown = await aCase(server, siteId).notAssessed("lateral").create();
    const { id } = shown.case;
    const mark = { finding: "effusion", x: 31, y: 41, width: 59, height: 26 };
    (
      await staff.execute(
        `mutation { assignCase(caseId: "${id}", userId: "${first.userId}") { id } }`,
      )
    ).anyData();
    const versionId = await reads(server, first, id, "PNEUMONIA", {
      comment: COMMENT,
      confidence: 4,
      marks: [{ ...mark, imageId: shown.image.id }],
      findings: [
        { code: "pneumonia", presence: "PRESENT" },
        { code: "effusion", presence: "PRESENT", markIndexes: [0] },
      ],
      report: {
        language: "EN",
        indication: "",
        technique: "",
        comparison: "",
        findings: "",
        impression: IMPRESSION,
      },
    });
    const told = [
      SIGNER,
      first.userId,
      COMMENT,
      IMPRESSION,
      versionId,
      '"PNEUMONIA"',
      '"x":31',
      "reading.signed",
      "case.claimed",
      "case.second-read-asked",
      "reason-of-the-asker",
    ];
    (await request(staff, id, "reason-of-the-asker")).anyData();
    return { ...shown, id, versionId, told };
  }

  /** Every way from a case to scalars, four objects deep. */
  function pathsFromCase(): string[] {
    const type = server.api.schema.getType("Case");
    if (!isObjectType(type)) throw new Error("no type Case");
    const around =
      "decidedLabel assignee { id name } readings { id } signedVersions { comment } history { edges { node { type after details } } }";
    return [
      ...selections(type, 4, []),
      `patient { studies { edges { node { case { ${around} } } } } }`,
    ];
  }

  function selections(
    type: GraphQLObjectType,
    depth: number,
    seen: readonly string[],
  ): string[] {
    const fields = Object.values(type.getFields()).filter(
      ({ args }) => !args.some(isRequiredArgument),
    );
    const leaves = fields
      .filter((field) => isLeafType(getNamedType(field.type)))
      .map(({ name }) => name);
    const deeper = fields.flatMap((field) => {
      const inner: GraphQLNamedType = getNamedType(field.type);
      // A case may be reached again through its patient, once.
      const again = inner.name === "Case" && field.name === "case" ? 2 : 1;
      const isSeen = seen.filter((name) => name === inner.name).length >= again;
      if (depth === 0 || !isObjectType(inner) || isSeen) return [];
      if (inner.name === "ModelVersion") return [];
      return selections(inner, depth - 1, [...seen, inner.name]).map(
        (selection) => `${field.name} { ${selection} }`,
      );
    });
    return leaves.length === 0 ? deeper : [leaves.join(" "), ...deeper];
  }

  async function everythingOf(viewer: SignedIn, id: string): Promise<string> {
    const answers: string[] = [];
    for (const selection of pathsFromCase()) {
      const one = await viewer.execute(
        `query ($id: ID!) { case(id: $id) { ${selection} } }`,
        { id },
      );
      answers.push(JSON.stringify(one.anyData()));
    }
    expect(answers.length).toBeGreaterThan(50);
    return answers.join("\n");
  }

  it("reaches no browser of who could read it a second time, before and while he does", async () => {
    const { id, told, versionId } = await aSigned();
    const second = await asRadiologist(server, siteId);
    const check = async () => {
      const text = await everythingOf(second, id);
      for (const secret of told) expect(text, secret).not.toContain(secret);
    };
    await check();
    (await claim(second, id)).anyData();
    await check();
    for (const path of [
      `/reports/${versionId}.pdf`,
      `/reports/${versionId}/print.pdf`,
    ])
      expect((await second.fetch(path)).status).toBe(404);
    // What the list can be asked for tells it neither.
    for (const filter of [
      "labels: [PNEUMONIA]",
      "labels: [NORMAL]",
      "awaitsRetake: false",
      "isDoubtful: false",
      `readById: "${first.userId}"`,
    ]) {
      const list = await second.execute(
        `{ worklist(filter: { caseIds: ["${id}"], ${filter} }) { totalCount } }`,
      );
      expect(list.anyData()).toEqual({ worklist: { totalCount: 0 } });
    }
    const order = `{ worklist(filter: { caseIds: ["${id}"] }, sort: FINDING) { totalCount } }`;
    expect((await second.execute(order)).anyData()).toEqual({
      worklist: { totalCount: 0 },
    });
    (await signHeld(server, second, id, { label: "NORMAL" })).anyData();
    const after = await everythingOf(second, id);
    for (const secret of [SIGNER, COMMENT, IMPRESSION, versionId])
      expect(after).toContain(secret);
  });

  it("is open to staff and to its signer all along", async () => {
    const { id, told } = await aSigned();
    const text = await everythingOf(staff, id);
    for (const secret of told) expect(text, secret).toContain(secret);
    expect(await everythingOf(first, id)).toContain(COMMENT);
    const list = `{ worklist(filter: { caseIds: ["${id}"], labels: [PNEUMONIA], readById: "${first.userId}" }) { totalCount } }`;
    for (const who of [staff, first])
      expect((await who.execute(list)).anyData()).toEqual({
        worklist: { totalCount: 1 },
      });
  });

  it("is shown on request, on record, to who then may not read it", async () => {
    const { id } = await aSigned();
    const other = await asRadiologist(server, siteId);
    (await showFirst(other, id)).anyData();
    expect(await everythingOf(other, id)).toContain(COMMENT);
    (await claim(other, id)).refusedWith("SECOND_READ_BARRED");
    (await showFirst(staff, id)).refusedWith("FORBIDDEN");
  });

  it("stays kept from a third reader, who sees both without a name", async () => {
    const { id, told } = await aSigned();
    const second = await signedInAs(
      server,
      "RADIOLOGIST",
      [siteId],
      "Second Whomever",
    );
    const third = await asRadiologist(server, siteId);
    await reads(server, second, id, "NORMAL", { comment: "second-remark" });
    const waiting = await everythingOf(third, id);
    for (const secret of [...told, "second-remark", "Second Whomever"])
      expect(waiting, secret).not.toContain(secret);
    (await claim(third, id)).anyData();
    const deciding = await everythingOf(third, id);
    for (const secret of [COMMENT, "second-remark"])
      expect(deciding).toContain(secret);
    for (const secret of [SIGNER, first.userId, second.userId, "Second Whom"])
      expect(deciding, secret).not.toContain(secret);
  });

  it("goes with an AI that is closed to the second reader, where the site wants that", async () => {
    const here = (await aSite(server)).id;
    const signer = await asRadiologist(server, here);
    const looker = await asRadiologist(server, here);
    const second = await asRadiologist(server, here);
    await givenPolicy(server, here, {
      reading: { mode: "open" },
      secondReads: { readers: [signer.userId], blindToAi: true },
    });
    const { case: row, prediction } = await aCase(server, here)
      .assessed(0.81736)
      .create();
    const { id } = row;
    const predictionId = prediction?.id;
    await reads(server, signer, id, "PNEUMONIA", {
      decision: "CONFIRM",
      predictionId,
    });
    const asked = `{ case(id: "${id}") { probability viewerSeesAi viewerCanClaim } }`;
    const reveal = `mutation { revealPrediction(caseId: "${id}") { id } }`;
    expect((await second.execute(asked)).anyData()).toEqual({
      case: { probability: null, viewerSeesAi: false, viewerCanClaim: true },
    });
    (await looker.execute(reveal)).anyData();
    expect((await looker.execute(asked)).anyData()).toMatchObject({
      case: { probability: 0.81736, viewerCanClaim: false },
    });
    (await claim(looker, id)).refusedWith("SECOND_READ_BARRED");
    (await claim(second, id)).anyData();
    (await second.execute(reveal)).refusedWith("AI_CLOSED");
    (await signHeld(server, second, id, { label: "PNEUMONIA" })).anyData();
    expect((await caseOf(server, id)).secondRead).toBe("AGREED");
    const own = await server.database.client.reading.findFirstOrThrow({
      where: { caseId: id, readerId: second.userId },
    });
    expect(own).toMatchObject({ stage: "SECOND", revealedAt: null });
  });

  it("leaves the AI to the second reader where the site wants that", async () => {
    const here = (await aSite(server)).id;
    const signer = await asRadiologist(server, here);
    const second = await asRadiologist(server, here);
    await givenPolicy(server, here, {
      secondReads: { readers: [signer.userId], blindToAi: false },
    });
    const { id } = (await aCase(server, here).assessed(0.9).create()).case;
    const reveal = `mutation { revealPrediction(caseId: "${id}", opinion: PNEUMONIA) { id } }`;
    (await claim(signer, id)).anyData();
    (await signer.execute(reveal)).anyData();
    const said = { label: "PNEUMONIA", decision: "CONFIRM" };
    (await signHeld(server, signer, id, said)).anyData();
    (await claim(second, id)).anyData();
    (await signHeld(server, second, id, said)).refusedWith("REVEAL_REQUIRED");
    (await second.execute(reveal)).anyData();
    (await signHeld(server, second, id, said)).anyData();
    expect((await caseOf(server, id)).secondRead).toBe("AGREED");
  });
});
