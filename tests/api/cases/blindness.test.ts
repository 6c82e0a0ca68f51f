import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCase } from "../../testkit/scenario.ts";
import type { Scenario } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

/** A probability that stands nowhere else in an answer. */
const PROBABILITY = 0.81736;
const TOLD = ["0.81736", "ai:82", "age:71"];

describe("an AI that was not revealed", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;
  let other: SignedIn;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    other = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
  });

  afterAll(() => server.stop());

  const anAssessedCase = (isControl = false): Promise<Scenario> =>
    aCase(server, siteId)
      .assessed(PROBABILITY)
      .with({ urgencyReasons: ["ai:82", "age:71", "flag:fever"], isControl })
      .create();

  /** Every way from a case to scalars, three objects deep. */
  function pathsFromCase(): string[] {
    const type = server.api.schema.getType("Case");
    if (!isObjectType(type)) throw new Error("no type Case");
    return selections(type, 3, new Set(["Case"]));
  }

  function selections(
    type: GraphQLObjectType,
    depth: number,
    seen: ReadonlySet<string>,
  ): string[] {
    const fields = Object.values(type.getFields()).filter(
      ({ args }) => !args.some((arg) => isNonNullType(arg.type)),
    );
    const leaves = fields
      .filter((field) => isLeafType(getNamedType(field.type)))
      .map(({ name }) => name);
    const deeper = fields.flatMap((field) => {
      const inner: GraphQLNamedType = getNamedType(field.type);
      // A model's card is nobody's answer, and the scenario's model has none.
      const isCard = inner.name === "ModelVersion";
      if (depth === 0 || !isObjectType(inner) || seen.has(inner.name) || isCard)
        return [];
      return selections(inner, depth - 1, new Set([...seen, inner.name])).map(
        (selection) => `${field.name} { ${selection} }`,
      );
    });
    return leaves.length === 0 ? deeper : [leaves.join(" "), ...deeper];
  }

  /** All that the viewer can be told of a case, as text. */
  async function everythingOf(
    viewer: SignedIn,
    id: string,
  ): Promise<{ text: string; paths: number }> {
    const answers: string[] = [];
    const paths = pathsFromCase();
    for (const selection of paths) {
      const one = await viewer.execute(
        `query ($id: ID!) { case(id: $id) { ${selection} } }`,
        { id },
      );
      answers.push(JSON.stringify(one.anyData()));
    }
    const list = await viewer.execute(
      `{ worklist(first: 50) { edges { cursor node { id probability threshold urgencyReasons agreesWithAi } } } }`,
    );
    // Selected by the query above; other cases' answers may be revealed.
    const { edges } = list.anyData()["worklist"] as {
      edges: { node: { id: string } }[];
    };
    answers.push(JSON.stringify(edges.filter(({ node }) => node.id === id)));
    return { text: answers.join("\n"), paths: paths.length };
  }

  it("reaches the reader in no byte of any answer, and staff in many", async () => {
    const { case: row, prediction } = await anAssessedCase();
    const blind = await everythingOf(reader, row.id);
    expect(blind.paths).toBeGreaterThan(20);
    for (const told of [...TOLD, prediction?.id ?? "?"])
      expect(blind.text).not.toContain(told);
    expect(blind.text).toContain("flag:fever");
    const seen = await everythingOf(staff, row.id);
    for (const told of TOLD) expect(seen.text).toContain(told);
  });

  it("reaches the reader once it is revealed to him, and nobody else", async () => {
    const { case: row } = await anAssessedCase();
    await reader.execute(`mutation { claimCase(caseId: "${row.id}") { id } }`);
    await reader.execute(
      `mutation { revealPrediction(caseId: "${row.id}", opinion: NORMAL) { id } }`,
    );
    expect((await everythingOf(reader, row.id)).text).toContain("0.81736");
    expect((await everythingOf(other, row.id)).text).not.toContain("0.81736");
  });

  it("takes with it what came drawn over the film, as that may be another AI's", async () => {
    const { case: row, image } = await anAssessedCase();
    await server.database.client.image.update({
      where: { id: image.id },
      data: { warnings: ["overlay-planes"] },
    });
    const drawnFor = async (viewer: SignedIn) => {
      const answer = await viewer.execute(
        `{ case(id: "${row.id}") { study { images { drawingsPath areDrawingsKept } } } }`,
      );
      const { study } = answer.anyData()["case"] as {
        study: { images: object[] };
      };
      return study.images[0];
    };
    const path = `/images/${image.id}/drawings`;
    const shown = { drawingsPath: path, areDrawingsKept: false };
    const kept = { drawingsPath: null, areDrawingsKept: true };
    expect(await drawnFor(staff)).toEqual(shown);
    expect(await drawnFor(reader)).toEqual(kept);
    expect((await reader.fetch(path)).status).toBe(403);
    await reader.execute(`mutation { claimCase(caseId: "${row.id}") { id } }`);
    await reader.execute(
      `mutation { revealPrediction(caseId: "${row.id}", opinion: NORMAL) { id } }`,
    );
    expect(await drawnFor(reader)).toEqual(shown);
    // The scenario's film has no bytes, which is another matter.
    expect((await reader.fetch(path)).status).not.toBe(403);
    expect(await drawnFor(other)).toEqual(kept);
  });

  it("is told by no order, filter or count of the list", async () => {
    for (const argument of [
      "sort: PROBABILITY",
      "sort: PROBABILITY_REVERSED",
      "filter: { aiPositive: true }",
      "filter: { aiPositive: false }",
    ]) {
      const document = `{ worklist(${argument}) { totalCount } }`;
      (await reader.execute(document)).refusedWith("AI_HIDDEN");
      (await staff.execute(document)).anyData();
    }
  });

  it("stays hidden in a signed case of another reader until it is asked for", async () => {
    const { case: row } = await anAssessedCase();
    const { id } = row;
    await other.execute(`mutation { claimCase(caseId: "${id}") { id } }`);
    await other.execute(
      `mutation { revealPrediction(caseId: "${id}") { id } }`,
    );
    (
      await other.execute(
        `mutation { signReading(input: { caseId: "${id}", caseVersion: 2, label: PNEUMONIA, decision: CONFIRM }) { id } }`,
      )
    ).anyData();
    const before = (await everythingOf(reader, id)).text;
    expect(before).not.toContain("0.81736");
    expect(before).not.toContain('"CONFIRM"');
    expect(before).toContain('"PNEUMONIA"');
    (
      await reader.execute(
        `mutation { revealPrediction(caseId: "${id}") { id } }`,
      )
    ).anyData();
    expect((await everythingOf(reader, id)).text).toContain('"CONFIRM"');
  });

  it("of a control case is closed to everybody until it is signed", async () => {
    const { case: row } = await anAssessedCase(true);
    const { id } = row;
    for (const viewer of [reader, staff])
      expect((await everythingOf(viewer, id)).text).not.toContain("0.81736");
    await reader.execute(`mutation { claimCase(caseId: "${id}") { id } }`);
    (
      await reader.execute(
        `mutation { revealPrediction(caseId: "${id}") { id } }`,
      )
    ).refusedWith("AI_CLOSED");
    (
      await reader.execute(
        `mutation { signReading(input: { caseId: "${id}", caseVersion: 2, label: NORMAL, decision: INDEPENDENT }) { id } }`,
      )
    ).anyData();
    expect((await everythingOf(staff, id)).text).toContain("0.81736");
    const [reading] = await server.database.client.reading.findMany({
      where: { caseId: id },
    });
    expect(reading).toMatchObject({ opinion: "NORMAL", opinionIsBlind: true });
  });
});
