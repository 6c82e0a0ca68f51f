import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase, type Scenario } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, type SignedIn } from "../../testkit/viewers.ts";
import { CLAIM, REVEAL, SIGN } from "../readings/reading-documents.ts";
import { TURN, UNDO } from "./film-documents.ts";

const RESTORE = `mutation ($id: ID!) { restoreSignature(caseId: $id) { id version } }`;
const OFFERED = `query ($id: ID!) { case(id: $id) { restorableVersion { id } viewerNotice } }`;

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

const idOf = z.object({ turnFilm: z.object({ id: z.string() }) });

/** A case that was signed and whose film was then said to be mirrored. */
async function aTurned(): Promise<{ scenario: Scenario; correction: string }> {
  const scenario = await aCase(server, siteId).assessed(0.9).create();
  const { id } = scenario.case;
  // By the clock of the test, as all that follows; rows are made by another.
  await server.database.client.image.update({
    where: { id: scenario.image.id },
    data: { createdAt: server.clock.now() },
  });
  (await reader.execute(CLAIM, { id })).anyData();
  (await reader.execute(REVEAL, { id })).anyData();
  const mark = {
    imageId: scenario.image.id,
    kind: "BOX",
    finding: "pneumonia",
  };
  const input = {
    caseId: id,
    caseVersion: 2,
    label: "PNEUMONIA",
    decision: "CONFIRM",
    comment: "Right base",
    marks: [{ ...mark, x: 1, y: 1, width: 9, height: 9 }],
  };
  (await reader.execute(SIGN, { input })).anyData();
  server.clock.forward(60);
  const pose = { quarterTurns: 0, isMirrored: true };
  const turned = await other.execute(TURN, {
    film: scenario.image.id,
    ...pose,
  });
  server.clock.forward(60);
  return { scenario, correction: turned.data(idOf).turnFilm.id };
}

const undo = async (id: string) => {
  (
    await other.execute(UNDO, { id, reason: "It was right after all" })
  ).anyData();
  server.clock.forward(60);
};

const offered = async (who: SignedIn, { case: row }: Scenario) =>
  (await who.execute(OFFERED, { id: row.id })).anyData()["case"];

describe("a signature that a correction took", () => {
  it("is restored word for word by its signer, once the correction is undone", async () => {
    const { scenario, correction } = await aTurned();
    const { id } = scenario.case;
    expect(await offered(reader, scenario)).toMatchObject({
      restorableVersion: null,
    });
    (await reader.execute(RESTORE, { id })).refusedWith("NOTHING_TO_RESTORE");
    await undo(correction);
    const { client } = server.database;
    const first = await client.readingVersion.findFirstOrThrow({
      where: { caseId: id },
    });
    expect(await offered(reader, scenario)).toMatchObject({
      restorableVersion: { id: first.id },
      viewerNotice: "FILM_TURNED",
    });
    const { result, events } = await recordedBy(server, () =>
      reader.execute(RESTORE, { id }),
    );
    expect(result.anyData()).toMatchObject({
      restoreSignature: { version: 2 },
    });
    expect(
      events.filter(({ type }) => type === "reading.restored"),
    ).toMatchObject([
      { actorId: reader.userId, details: { supersedesId: first.id } },
    ]);
    const second = await client.readingVersion.findFirstOrThrow({
      where: { caseId: id, version: 2 },
    });
    const { readingId, decision, comment, marks, findings } = first;
    expect(second).toMatchObject({
      ...{ readingId, decision, comment, marks, findings },
      label: "PNEUMONIA",
      amendReason: "It was right after all",
      signedAt: server.clock.now(),
    });
    expect(
      await client.case.findUniqueOrThrow({ where: { id } }),
    ).toMatchObject({
      state: "SIGNED",
      decidedLabel: "PNEUMONIA",
      agreesWithAi: true,
      reopenedAt: null,
      signedAt: second.signedAt,
    });
    expect(await offered(reader, scenario)).toEqual({
      restorableVersion: null,
      viewerNotice: null,
    });
    const labels = await client.caseLabel.findMany({
      where: { caseId: id, until: null },
    });
    expect(labels.map(({ label }) => label)).toEqual(["PNEUMONIA"]);
    (await reader.execute(RESTORE, { id })).refusedWith("NOTHING_TO_RESTORE");
  });

  it("is offered to nobody else", async () => {
    const { scenario, correction } = await aTurned();
    await undo(correction);
    const { id } = scenario.case;
    expect(await offered(other, scenario)).toMatchObject({
      restorableVersion: null,
    });
    (await other.execute(RESTORE, { id })).refusedWith("NOT_OWN_READING");
    const elsewhere = await asRadiologist(server, (await aSite(server)).id);
    (await elsewhere.execute(RESTORE, { id })).refusedWith("NOT_FOUND");
  });

  it("waits while somebody else reads the case anew", async () => {
    const { scenario, correction } = await aTurned();
    await undo(correction);
    const { id } = scenario.case;
    (await other.execute(CLAIM, { id })).anyData();
    (await reader.execute(RESTORE, { id })).refusedWith(
      "CASE_CLAIMED_BY_ANOTHER",
    );
  });

  it("ends what its signer had begun to say anew", async () => {
    const { scenario, correction } = await aTurned();
    await undo(correction);
    const { id } = scenario.case;
    (await reader.execute(CLAIM, { id })).anyData();
    (await reader.execute(RESTORE, { id })).anyData();
    const readings = await server.database.client.reading.findMany({
      where: { caseId: id },
      orderBy: { startedAt: "asc" },
    });
    expect(readings.map(({ state }) => state)).toEqual(["SIGNED", "ENDED"]);
  });

  it("needs the signer's proof", async () => {
    const { scenario, correction } = await aTurned();
    await undo(correction);
    server.clock.forward(16 * 60);
    (await reader.execute(RESTORE, { id: scenario.case.id })).refusedWith(
      "REAUTHENTICATION_REQUIRED",
    );
  });
});
