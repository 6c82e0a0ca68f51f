import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { reads, request, signHeld } from "../second-reads/second-reading.ts";

const MINE = `query ($weeks: Int) {
  myReading(weeks: $weeks) {
    cases medianMinutes contradicted followedAi keptOwn overrides
    blindAgainstAi { cases share { value } kappa { value } }
    finalAgainstAi { cases share { value } }
    weeks { from cases }
  }
}`;
const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`;
const OPINION = `mutation ($id: ID!, $opinion: Label!) { recordOpinion(caseId: $id, opinion: $opinion) { id } }`;
const REVEAL = `mutation ($id: ID!) { revealPrediction(caseId: $id) { id } }`;
const SIGN = `mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }`;

describe("my reading", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
  });

  /** Read as the pages do it, from the claim to the signature. */
  async function read(
    who: SignedIn,
    probability: number,
    opinion: "NORMAL" | "PNEUMONIA",
    rest: object,
  ): Promise<void> {
    const { case: row, prediction } = await aCase(server, siteId)
      .assessed(probability)
      .create();
    const id = row.id;
    (await who.execute(CLAIM, { id })).anyData();
    (await who.execute(OPINION, { id, opinion })).anyData();
    (await who.execute(REVEAL, { id })).anyData();
    const input = {
      caseId: id,
      caseVersion: 2,
      predictionId: prediction?.id,
      ...rest,
    };
    (await who.execute(SIGN, { input })).anyData();
  }

  const mine = async (who = reader) =>
    (await who.execute(MINE, { weeks: 4 })).anyData()["myReading"];

  it("is what the reader signed, and nobody else's", async () => {
    const agrees = { label: "PNEUMONIA", decision: "CONFIRM" };
    await read(reader, 0.9, "PNEUMONIA", agrees);
    await read(reader, 0.9, "NORMAL", {
      ...agrees,
      changeReason: "SECOND_LOOK",
    });
    await read(reader, 0.9, "NORMAL", {
      label: "NORMAL",
      decision: "OVERRIDE",
      overrideReason: "FALSE_POSITIVE",
    });
    const other = await asRadiologist(server, siteId);
    await read(other, 0.1, "NORMAL", {
      label: "NORMAL",
      decision: "CONFIRM",
    });
    expect(await mine()).toMatchObject({
      cases: 3,
      medianMinutes: 0,
      contradicted: 2,
      followedAi: 1,
      keptOwn: 1,
      overrides: 1,
      blindAgainstAi: { cases: 3 },
      finalAgainstAi: { cases: 3, share: { value: 2 / 3 } },
    });
    expect(await mine(other)).toMatchObject({ cases: 1, contradicted: 0 });
  });

  it("tells which overrides a second reader upheld", async () => {
    const second = await asRadiologist(server, siteId);
    const overrides = {
      label: "NORMAL",
      decision: "OVERRIDE",
      overrideReason: "FALSE_POSITIVE",
    };
    for (const label of ["NORMAL", "PNEUMONIA", null]) {
      await read(reader, 0.9, "NORMAL", overrides);
      if (label === null) continue;
      const { client } = server.database;
      const { id } = await client.case.findFirstOrThrow({
        where: { siteId, secondRead: null },
        orderBy: { id: "desc" },
      });
      (
        await reader.execute(
          `mutation { requestSecondReading(caseId: "${id}", reason: "sure?") { id } }`,
        )
      ).anyData();
      (await second.execute(CLAIM, { id })).anyData();
      const { version } = await client.case.findUniqueOrThrow({
        where: { id },
      });
      const input = {
        caseId: id,
        caseVersion: version,
        label,
        decision: "INDEPENDENT",
      };
      (await second.execute(SIGN, { input })).anyData();
    }
    // One was upheld, one waits for a third reader, one nobody read further.
    expect(
      (
        await reader.execute(
          `{ myReading(weeks: 4) { overrides overridesSettled overridesUpheld } }`,
        )
      ).anyData(),
    ).toEqual({
      myReading: { overrides: 3, overridesSettled: 1, overridesUpheld: 1 },
    });

    const further = `{ myReading(weeks: 4) {
      againstOthers { cases share { value } }
      outcomes { blindOpinion aiPositive label settledLabel settledBy cases effect }
    } }`;
    const againstOthers = { cases: 2, share: { value: 0.5 } };
    expect((await reader.execute(further)).anyData()["myReading"]).toEqual({
      againstOthers,
      outcomes: [
        {
          blindOpinion: "NORMAL",
          aiPositive: true,
          label: "NORMAL",
          settledLabel: "NORMAL",
          settledBy: "TWO_AGREE",
          cases: 1,
          effect: "KEPT_RIGHT",
        },
      ],
    });
    // The other has the same agreement, and was never shown the AI: nothing of
    // what it said may be told by what became of his readings.
    expect((await second.execute(further)).anyData()["myReading"]).toEqual({
      againstOthers,
      outcomes: [],
    });
    // Who decides between the two saw both: he agrees with nobody by that.
    const third = await asRadiologist(server, siteId);
    const { id, shownPredictionId } =
      await server.database.client.case.findFirstOrThrow({
        where: { siteId, secondRead: "ADJUDICATION_DUE" },
      });
    (await third.execute(CLAIM, { id })).anyData();
    (await third.execute(REVEAL, { id })).anyData();
    (
      await signHeld(server, third, id, {
        label: "PNEUMONIA",
        decision: "CONFIRM",
        predictionId: shownPredictionId,
      })
    ).anyData();
    expect((await third.execute(further)).anyData()["myReading"]).toEqual({
      againstOthers: { cases: 0, share: null },
      outcomes: [],
    });
    expect(
      (await reader.execute(further)).anyData()["myReading"],
    ).toMatchObject({
      againstOthers,
      outcomes: [
        { settledBy: "TWO_AGREE", effect: "KEPT_RIGHT", cases: 1 },
        { settledBy: "ADJUDICATED", effect: "KEPT_WRONG", cases: 1 },
      ],
    });
  });

  it("compares each signature with the second reading that followed it", async () => {
    const second = await asRadiologist(server, siteId);
    const { id } = (await aCase(server, siteId).notAssessed("lateral").create())
      .case;
    const { client } = server.database;
    const others = `{ myReading(weeks: 4) { againstOthers { cases share { value } } } }`;
    await reads(server, reader, id, "NORMAL");
    (await request(reader, id)).anyData();
    await reads(server, second, id, "PNEUMONIA");
    // A film came later: what is signed of it now nobody has read twice.
    server.clock.forward(60);
    await client.case.update({
      where: { id },
      data: {
        state: "WAITING",
        decidedLabel: null,
        agreesWithAi: null,
        signedAt: null,
        secondRead: null,
        secondReadReasons: [],
        secondReadDueAt: null,
      },
    });
    const third = await asRadiologist(server, siteId);
    await reads(server, third, id, "PNEUMONIA");
    const of = async (who: SignedIn) =>
      (await who.execute(others)).anyData()["myReading"];
    expect(await of(third)).toEqual({
      againstOthers: { cases: 0, share: null },
    });
    for (const who of [reader, second])
      expect(await of(who)).toEqual({
        againstOthers: { cases: 1, share: { value: 0 } },
      });
  });

  it("forgets what is older than the weeks asked for", async () => {
    await read(reader, 0.9, "PNEUMONIA", {
      label: "PNEUMONIA",
      decision: "CONFIRM",
    });
    server.clock.forward(29 * 86_400);
    const again = await asRadiologist(server, siteId);
    expect(await mine(again)).toMatchObject({ cases: 0 });
  });

  it("refuses who does not read, and years on end", async () => {
    const admin = await asAdmin(server, siteId);
    (await admin.execute(MINE)).refusedWith("FORBIDDEN");
    (await reader.execute(MINE, { weeks: 53 })).refusedWith("BAD_USER_INPUT");
    (await reader.execute(MINE, { weeks: 0 })).refusedWith("BAD_USER_INPUT");
  });
});
