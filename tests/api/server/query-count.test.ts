import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

/** Every nested field of a case that reads from the database. */
const DEEP = `query ($first: Int!) {
  worklist(filter: { states: [READING] }, first: $first) {
    edges { node {
      id site { id } assignee { id sites { id } } claimedBy { id }
      patient { id studies(first: 5) { edges { node { id images { id } case { id } } } } }
      study { id images { id prediction { id modelVersion { id predictionCount } } } }
      priors { id }
      signedVersions { id reader { id } prediction { id } supersedes { id } isCurrent }
      history(first: 5) { edges { node { id patientName subjectName } } }
      viewerCanAmend
    } }
    totalCount totalCountIsCapped
  }
}`;

describe("nested fields", () => {
  let server: TestServer;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    const siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    for (let index = 0; index < 24; index++) {
      const { case: row, patient } = await aCase(server, siteId)
        .assessed(0.9)
        .with({ assigneeId: reader.userId })
        .create();
      await aCase(server, siteId)
        .of(patient)
        .studiedAt(new Date("2025-01-01"))
        .with({ state: "SIGNED", arrivedAt: new Date("2025-01-01") })
        .create();
      await reader.execute(
        `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`,
        { id: row.id },
      );
    }
  });

  afterAll(() => server.stop());

  /** Statements that the request sends over the driver. */
  async function statements(first: number): Promise<number> {
    const sent = vi.spyOn(pg.Client.prototype, "query");
    try {
      (await reader.execute(DEEP, { first })).anyData();
      return sent.mock.calls.length;
    } finally {
      sent.mockRestore();
    }
  }

  it("do not cost more queries for twenty cases than for two", async () => {
    await statements(2); // fills what is filled once
    await statements(20); // rows that are kept are asked for by their stamps
    const few = await statements(2);
    const many = await statements(20);
    expect(few).toBeGreaterThan(5);
    // Batches that meet in one tick or just miss each other make one or two
    // more or less; a field without a loader would make eighteen more.
    expect(Math.abs(many - few)).toBeLessThanOrEqual(4);
    expect(many).toBeLessThan(45);
  });
});
