import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { CASE, CLAIM, REVEAL } from "./reading-documents.ts";

const SIGN = `mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }`;
const AMEND = `mutation ($input: AmendReadingInput!) {
  amendReading(input: $input) { id version label decision isCurrent supersedes { id isCurrent } marks { x } }
}`;

describe("amending a review", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;
  let other: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    other = await asRadiologist(server, siteId);
  });

  afterAll(() => server.stop());

  async function signed(): Promise<{ reviewId: string; caseId: string }> {
    const scenario = await aCase(server, siteId).assessed(0.9).create();
    await reader.execute(CLAIM, { id: scenario.case.id });
    await reader.execute(REVEAL, { id: scenario.case.id });
    const answer = await reader.execute(SIGN, {
      input: {
        caseId: scenario.case.id,
        caseVersion: 2,
        label: "PNEUMONIA",
        decision: "CONFIRM",
        marks: [
          {
            imageId: scenario.image.id,
            finding: "pneumonia",
            x: 5,
            y: 5,
            width: 50,
            height: 50,
          },
        ],
      },
    });
    const review = answer.anyData()["signReading"];
    return {
      // The query above selects it.
      reviewId: (review as { id: string }).id,
      caseId: scenario.case.id,
    };
  }

  const change = (reviewId: string, amendReason = "Second look") => ({
    input: {
      versionId: reviewId,
      label: "NORMAL",
      decision: "OVERRIDE",
      overrideReason: "FALSE_POSITIVE",
      amendReason,
    },
  });

  it("adds a version and leaves the earlier one as it was", async () => {
    const { reviewId, caseId } = await signed();
    const { result, events } = await recordedBy(server, () =>
      reader.execute(AMEND, change(reviewId)),
    );
    expect(result.anyData()["amendReading"]).toMatchObject({
      version: 2,
      label: "NORMAL",
      isCurrent: true,
      supersedes: { id: reviewId, isCurrent: false },
      marks: [{ x: 5 }],
    });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "reading.amended",
      before: {
        case: { decidedLabel: "PNEUMONIA", agreesWithAi: true },
        reading: { label: "PNEUMONIA", decision: "CONFIRM", version: 1 },
      },
      after: {
        case: { decidedLabel: "NORMAL", agreesWithAi: false },
        reading: { label: "NORMAL", decision: "OVERRIDE", version: 2 },
      },
      details: { supersedesId: reviewId },
    });
    const row = await reader.execute(CASE, { id: caseId });
    expect(row.anyData()["case"]).toMatchObject({
      decidedLabel: "NORMAL",
      signedVersions: [
        { version: 2, label: "NORMAL", isCurrent: true },
        { version: 1, label: "PNEUMONIA", isCurrent: false },
      ],
    });
  });

  it("is refused to everybody but the reader who signed", async () => {
    const { reviewId } = await signed();
    (await other.execute(AMEND, change(reviewId))).refusedWith(
      "NOT_OWN_READING",
    );
  });

  it("is refused for a version that is no longer the newest", async () => {
    const { reviewId } = await signed();
    (await reader.execute(AMEND, change(reviewId))).anyData();
    (await reader.execute(AMEND, change(reviewId))).refusedWith(
      "READING_SUPERSEDED",
    );
  });

  it("needs a reason", async () => {
    const { reviewId } = await signed();
    (await reader.execute(AMEND, change(reviewId, "  "))).refusedWith(
      "BAD_USER_INPUT",
    );
  });

  it("cannot happen behind the product's back: the table refuses changes", async () => {
    const { reviewId } = await signed();
    const { client } = server.database;
    await expect(
      client.readingVersion.update({
        where: { id: reviewId },
        data: { label: "NORMAL" },
      }),
    ).rejects.toThrow(/never changed/);
    await expect(
      client.readingVersion.delete({ where: { id: reviewId } }),
    ).rejects.toThrow(/never changed/);
  });
});
