import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { splitOfPerson } from "../../../apps/api/src/features/dataset-files/patient-split.ts";
import { aCase, type Scenario } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "../readings/reading-documents.ts";
import { MERGE, UNDO } from "./merge-documents.ts";

const WITHDRAW = `mutation ($id: ID!) { withdrawFromLearning(patientId: $id, reason: "Asked for it") { id } }`;
const DATASET = `mutation ($name: String!, $site: ID!) { createDataset(name: $name, filter: { siteId: $site }) { id } }`;

let server: TestServer;
let siteId: string;
let reader: SignedIn;
let admin: SignedIn;

beforeAll(async () => {
  server = await startTestServer();
  siteId = (await aSite(server)).id;
  reader = await asRadiologist(server, siteId);
  admin = await asAdmin(server, siteId);
});
afterAll(() => server.stop());

async function signed(): Promise<Scenario> {
  const scenario = await aCase(server, siteId).assessed(0.9).create();
  const { id } = scenario.case;
  (await reader.execute(CLAIM, { id })).anyData();
  (await reader.execute(REVEAL, { id })).anyData();
  const input = {
    caseId: id,
    caseVersion: 2,
    label: "PNEUMONIA",
    decision: "CONFIRM",
  };
  (await reader.execute(SIGN, { input })).anyData();
  return scenario;
}

async function merge(survivor: Scenario, merged: Scenario): Promise<string> {
  const answer = await reader.execute(MERGE, {
    survivor: survivor.patient.id,
    merged: merged.patient.id,
    reason: "One person",
  });
  return answer.data(z.object({ mergePatients: z.object({ id: z.string() }) }))
    .mergePatients.id;
}

/** The split of each case in a dataset that is made now. */
async function splits(name: string): Promise<Map<string, string>> {
  const answer = await admin.execute(DATASET, { name, site: siteId });
  const { id } = answer.data(
    z.object({ createDataset: z.object({ id: z.string() }) }),
  ).createDataset;
  const members = await server.database.client.datasetMember.findMany({
    where: { datasetId: id },
  });
  return new Map(members.map(({ caseId, split }) => [caseId, split]));
}

const withdrawn = (patientId: string) =>
  server.database.client.learningWithdrawal.count({
    where: { patientId, liftedAt: null },
  });

async function untilBoth(many: Scenario[]): Promise<{
  before: Map<string, string>;
  evergreen: Scenario;
  learnt: Scenario;
}> {
  for (let batch = 0; batch < 20; batch++) {
    for (let made = 0; made < 10; made++) many.push(await signed());
    const before = await splits(`Before ${String(batch)}`);
    const of = (split: string) =>
      many.find((one) => before.get(one.case.id) === split);
    const [evergreen, learnt] = [of("TEST"), of("TRAIN")];
    if (evergreen && learnt) return { before, evergreen, learnt };
  }
  throw new Error("200 patients are of one split");
}

describe("what is learnt of a person of two records", () => {
  it("is of one split, the strictest of the two, and of two again when it is undone", async () => {
    // A keyed hash decides who is of which split, so as many are made as it
    // takes until both are there.
    const many: Scenario[] = [];
    const { before, evergreen, learnt } = await untilBoth(many);
    // Whichever of the two records counts.
    for (const [survivor, merged] of [
      [learnt, evergreen],
      [evergreen, learnt],
    ] as const) {
      const id = await merge(survivor, merged);
      const then = await splits("Merged");
      expect(then.get(evergreen.case.id)).toBe("TEST");
      expect(then.get(learnt.case.id)).toBe("TEST");
      (await reader.execute(UNDO, { id, reason: "Two" })).anyData();
    }
    expect(await splits("After")).toEqual(before);
  });

  it("ranks the splits", () => {
    expect(splitOfPerson(["TRAIN", "VAL"])).toBe("VAL");
    expect(splitOfPerson(["TRAIN", "VAL", "TEST"])).toBe("TEST");
    expect(splitOfPerson(["TRAIN"])).toBe("TRAIN");
  });

  it("is nothing where one of the two was withdrawn, and the other may be learnt from again when it is undone", async () => {
    const free = await signed();
    const closed = await signed();
    (await admin.execute(WITHDRAW, { id: closed.patient.id })).anyData();
    const id = await merge(free, closed);
    const during = await splits("During");
    expect(during.has(free.case.id) || during.has(closed.case.id)).toBe(false);
    (await reader.execute(UNDO, { id, reason: "Two" })).anyData();
    const after = await splits("After it");
    expect(after.has(free.case.id)).toBe(true);
    expect(after.has(closed.case.id)).toBe(false);
  });

  it("is nothing of either where it was withdrawn while they were one", async () => {
    const survivor = await signed();
    const merged = await signed();
    const id = await merge(survivor, merged);
    server.clock.forward(60);
    (await admin.execute(WITHDRAW, { id: survivor.patient.id })).anyData();
    (await reader.execute(UNDO, { id, reason: "Two" })).anyData();
    expect(await withdrawn(survivor.patient.id)).toBe(1);
    expect(await withdrawn(merged.patient.id)).toBe(1);
  });
});
