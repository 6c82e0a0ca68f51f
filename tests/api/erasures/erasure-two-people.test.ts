import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asAuditor,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { APPROVE, PREVIEW, PROPOSE, REJECT, WHY } from "./erasure-documents.ts";
import { aPlantedPerson, NAME, NUMBER, type Planted } from "./planted.ts";
import { proposedBy, twoAdmins } from "./two-admins.ts";

describe("who erases a patient's record", () => {
  let server: TestServer;
  let siteId: string;
  let first: SignedIn;
  let second: SignedIn;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    ({ siteId, first, second, reader } = await twoAdmins(server));
  });

  const planted = (): Promise<Planted> =>
    aPlantedPerson(server, siteId, reader.userId);
  const proposed = (patientId: string) => proposedBy(first, patientId);
  it("forgets the reason that was typed once it is sent", async () => {
    const { patient } = await planted();
    const kept = () =>
      server.database.client.keptReason.count({
        where: { userId: first.userId },
      });
    await first.execute(
      `mutation ($id: ID!) { keepReason(input: { kind: ERASURE, aboutId: $id, text: "Ask" }) { kind } }`,
      { id: patient.id },
    );
    expect(await kept()).toBe(1);
    await proposed(patient.id);
    expect(await kept()).toBe(0);
  });

  it("needs a second admin who was here before", async () => {
    const { patient } = await planted();
    const id = await proposed(patient.id);
    const alone = await first.execute(APPROVE, { id, reason: WHY });
    expect(alone.refusedWith("NOT_INDEPENDENT").extensions).toMatchObject({
      reason: "proposer",
    });
    server.clock.forward(60);
    const made = await asAdmin(server, siteId);
    const later = await made.execute(APPROVE, { id, reason: WHY });
    expect(later.refusedWith("NOT_INDEPENDENT").extensions).toMatchObject({
      reason: "newer-account",
    });
    (await first.execute(PROPOSE, { id: patient.id, reason: WHY })).refusedWith(
      "PROPOSAL_OPEN",
    );
    const { events } = await recordedBy(server, () =>
      second.execute(REJECT, { id, reason: "Kept by law" }),
    );
    expect(events).toMatchObject([
      { type: "erasure.rejected", details: { reason: "Kept by law" } },
    ]);
    (await second.execute(APPROVE, { id, reason: WHY })).refusedWith(
      "PROPOSAL_CLOSED",
    );
    expect(
      await server.database.client.patient.count({
        where: { id: patient.id },
      }),
    ).toBe(1);
    // Whatever the code says, the rows of an erasure stay as decided.
    await expect(
      server.database.client.erasure.update({
        where: { id },
        data: { state: "APPROVED" },
      }),
    ).rejects.toThrow(/decided once/);
    await expect(
      server.appDatabase.client
        .$queryRaw`SELECT erase_patient(${id}::uuid)::text`,
    ).rejects.toThrow(/no approved erasure/);
  });

  it("is refused while something forbids it, and says what", async () => {
    const { patient, open, datasetId } = await planted();
    const { client } = server.database;
    await client.case.update({
      where: { id: open.case.id },
      data: { state: "READING", claimedById: reader.userId },
    });
    await client.dataset.update({
      where: { id: datasetId },
      data: { state: "RUNNING" },
    });
    const refused = await first.execute(PROPOSE, {
      id: patient.id,
      reason: WHY,
    });
    expect(refused.refusedWith("ERASURE_BARRED").extensions).toMatchObject({
      reasons: ["being-read", "export-running"],
    });
    await client.case.update({
      where: { id: open.case.id },
      data: { state: "WAITING", claimedById: null },
    });
    await client.dataset.update({
      where: { id: datasetId },
      data: { state: "READY" },
    });
    const id = await proposed(patient.id);
    await client.case.update({
      where: { id: open.case.id },
      data: { state: "READING", claimedById: reader.userId },
    });
    (await second.execute(APPROVE, { id, reason: WHY })).refusedWith(
      "ERASURE_BARRED",
    );
  });

  it("wants a reason without the name, a right, and a patient of one's own site", async () => {
    const { patient } = await planted();
    const { id } = patient;
    for (const reason of ["  ", `For ${NAME}`, `Number ${NUMBER}.`])
      (await first.execute(PROPOSE, { id, reason })).refusedWith(
        "BAD_USER_INPUT",
      );
    (await reader.execute(PROPOSE, { id, reason: WHY })).refusedWith(
      "FORBIDDEN",
    );
    const stranger = await asAdmin(server, (await aSite(server)).id);
    (await stranger.execute(PROPOSE, { id, reason: WHY })).refusedWith(
      "NOT_FOUND",
    );
    (await stranger.execute(PREVIEW, { id })).refusedWith("NOT_FOUND");
    const proposal = await proposed(id);
    (
      await stranger.execute(APPROVE, { id: proposal, reason: WHY })
    ).refusedWith("NOT_FOUND");
    const auditor = await asAuditor(server, siteId);
    const seen = await auditor.execute(
      `{ erasures { edges { node { reason patient { id } viewerCanApprove } } } }`,
    );
    expect(seen.anyData()["erasures"]).toEqual({
      edges: [
        { node: { reason: WHY, patient: null, viewerCanApprove: false } },
      ],
    });
    expect(
      (await stranger.execute(`{ erasures { edges { cursor } } }`)).anyData(),
    ).toEqual({ erasures: { edges: [] } });
  });

  it("keeps the rows that are only ever added from everybody else", async () => {
    const { signed } = await planted();
    const { client } = server.database;
    await expect(
      client.readingVersion.deleteMany({ where: { caseId: signed.case.id } }),
    ).rejects.toThrow(/never changed/);
    await expect(
      server.appDatabase.client.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT set_config('lung_iris.erasing', txid_current()::text, true)`;
        await tx.caseLabel.deleteMany({ where: { caseId: signed.case.id } });
      }),
    ).rejects.toThrow(/append-only/);
  });
});
