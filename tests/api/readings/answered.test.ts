import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import type { Scenario } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "./reading-documents.ts";

describe("what a signature answers", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
  });

  afterAll(() => server.stop());

  /** A case that `reader` has claimed and seen the AI of: version 2. */
  async function revealed(probability: number): Promise<Scenario> {
    const scenario = await aCase(server, siteId).assessed(probability).create();
    (await reader.execute(CLAIM, { id: scenario.case.id })).anyData();
    (await reader.execute(REVEAL, { id: scenario.case.id })).anyData();
    return scenario;
  }

  const input = (scenario: Scenario, decision: Record<string, unknown>) => ({
    input: { caseId: scenario.case.id, caseVersion: 2, ...decision },
  });

  it("refuses to answer an AI that was not revealed, without telling what it says", async () => {
    const scenario = await aCase(server, siteId).assessed(0.9).create();
    await reader.execute(CLAIM, { id: scenario.case.id });
    for (const decision of [
      { label: "PNEUMONIA", decision: "CONFIRM" },
      { label: "NORMAL", decision: "CONFIRM" },
      { label: "NORMAL", decision: "INDEPENDENT" },
      {
        label: "NORMAL",
        decision: "OVERRIDE",
        overrideReason: "FALSE_POSITIVE",
      },
    ]) {
      const { result, events } = await recordedBy(server, () =>
        reader.execute(SIGN, input(scenario, decision)),
      );
      result.refusedWith("REVEAL_REQUIRED");
      expect(events).toEqual([]);
    }
  });

  it("refuses to answer an answer that is not the one revealed", async () => {
    const scenario = await revealed(0.9);
    await server.database.client.reading.updateMany({
      where: { caseId: scenario.case.id },
      data: { revealedPredictionId: "00000000-0000-7000-8000-000000000000" },
    });
    (
      await reader.execute(
        SIGN,
        input(scenario, { label: "PNEUMONIA", decision: "CONFIRM" }),
      )
    ).refusedWith("PREDICTION_CHANGED");
  });

  it("keeps the opinion given before the reveal, whatever is claimed later", async () => {
    const scenario = await aCase(server, siteId).assessed(0.9).create();
    const { id } = scenario.case;
    await reader.execute(CLAIM, { id });
    (await reader.execute(REVEAL, { id, blind: "NORMAL" })).anyData();
    server.clock.forward(30);
    (await reader.execute(REVEAL, { id, blind: "PNEUMONIA" })).refusedWith(
      "BAD_USER_INPUT",
    );
    const decision = {
      label: "PNEUMONIA",
      decision: "CONFIRM",
      changeReason: "SECOND_LOOK",
    };
    const answer = await reader.execute(SIGN, input(scenario, decision));
    answer.anyData();
    const [reading] = await server.database.client.reading.findMany({
      where: { caseId: id },
    });
    expect(reading).toMatchObject({
      state: "SIGNED",
      opinion: "NORMAL",
      opinionIsBlind: true,
    });
  });

  it("takes what is signed without any AI as the blind opinion", async () => {
    const scenario = await aCase(server, siteId)
      .notAssessed("lateral")
      .create();
    (await reader.execute(CLAIM, { id: scenario.case.id })).anyData();
    await reader.execute(
      SIGN,
      input(scenario, { label: "NORMAL", decision: "INDEPENDENT" }),
    );
    const [reading] = await server.database.client.reading.findMany({
      where: { caseId: scenario.case.id },
    });
    expect(reading).toMatchObject({ opinion: "NORMAL", opinionIsBlind: true });
  });

  it("refuses a reveal to whoever has not claimed the case", async () => {
    const { case: row } = await aCase(server, siteId).assessed(0.9).create();
    (await reader.execute(REVEAL, { id: row.id })).refusedWith(
      "CASE_NOT_CLAIMED",
    );
  });
});
