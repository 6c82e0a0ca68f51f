import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestDicom, uploadOne } from "../../testkit/films.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const PERSON = {
  familyName: "Morgen",
  givenName: "Ina",
  id: "MRN-31001",
  sex: "F",
  birthDate: "19700405",
  ageYears: 55,
} as const;

/** What a reader is told of cases that he signed. */
async function noticesOf(who: SignedIn): Promise<unknown[]> {
  const answer = await who.execute(
    "{ signerNotices { edges { node { notice case { id } } } } }",
  );
  const { signerNotices } = answer.anyData() as {
    signerNotices: { edges: { node: unknown }[] };
  };
  return signerNotices.edges.map(({ node }) => node);
}

async function changeOf(who: SignedIn, caseId: string): Promise<unknown> {
  const answer = await who.execute(
    `{ case(id: "${caseId}") { viewerIdentityChange { byName isMove reason nameBefore nameAfter mrnBefore mrnAfter } } }`,
  );
  const { case: row } = answer.anyData() as {
    case: { viewerIdentityChange: unknown };
  };
  return row.viewerIdentityChange;
}

describe("transitions that nobody reads for", () => {
  let server: TestServer;
  let siteId: string;
  let reader: SignedIn;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
  });

  afterAll(() => server.stop());

  const caseOf = (id: string) =>
    server.database.client.case.findUniqueOrThrow({ where: { id } });

  /** Claims and signs a case that the AI has not assessed. */
  async function sign(id: string): Promise<void> {
    await reader.execute(`mutation { claimCase(caseId: "${id}") { id } }`);
    const { version } = await caseOf(id);
    (
      await reader.execute(
        `mutation { signReading(input: { caseId: "${id}", caseVersion: ${String(version)}, label: NORMAL, decision: INDEPENDENT, comment: "clear" }) { id } }`,
      )
    ).anyData();
  }

  it("opens a signed case again for a film that nobody has seen, keeping in the trail what it wipes, and tells the signer", async () => {
    const study = { accessionNumber: "ACC-31001" };
    const first = await uploadOne(staff, chestDicom(31, PERSON, { study }));
    await sign(first.caseId);
    const { events } = await recordedBy(server, () =>
      uploadOne(staff, chestDicom(32, PERSON, { study })),
    );
    const reopened = events.filter(({ type }) => type === "case.reopened");
    expect(reopened).toHaveLength(1);
    expect(reopened[0]).toMatchObject({
      subjectId: first.caseId,
      before: { state: "SIGNED", decidedLabel: "NORMAL" },
      after: { state: "WAITING", decidedLabel: null, signedAt: null },
      details: { signerId: reader.userId },
    });
    const row = await caseOf(first.caseId);
    expect(row).toMatchObject({ state: "WAITING", assigneeId: reader.userId });
    expect(row.reopenedAt).not.toBeNull();
    const [reading] = await server.database.client.reading.findMany({
      where: { caseId: first.caseId },
      include: { versions: true },
    });
    expect(reading).toMatchObject({
      state: "SIGNED",
      notice: "reopened",
      versions: [{ comment: "clear", label: "NORMAL" }],
    });
    expect(await noticesOf(reader)).toContainEqual({
      notice: "REOPENED",
      case: { id: first.caseId },
    });
    const told = await reader.execute(
      `{ case(id: "${first.caseId}") { viewerNotice } }`,
    );
    expect(told.anyData()).toEqual({ case: { viewerNotice: "REOPENED" } });
    await reader.execute(
      `mutation { acknowledgeNotice(caseId: "${first.caseId}") { id } }`,
    );
    const mine = await reader.execute(
      `{ worklist(filter: { assigneeId: "${reader.userId}" }) { edges { node { id reopenedAt } } } }`,
    );
    expect(JSON.stringify(mine.anyData())).toContain(first.caseId);
  });

  it("brings a corrected name to every case of the patient, each with an event of its own", async () => {
    const one = await aCase(server, siteId).named("WRONG, Name").create();
    const two = await aCase(server, siteId).of(one.patient).create();
    const { events } = await recordedBy(server, async () => {
      (
        await staff.execute(
          `mutation { updateStudyDetails(input: { studyId: "${one.study.id}", patientName: "RIGHT, Name", reason: "Misread" }) { id } }`,
        )
      ).anyData();
    });
    const renamed = events.filter(({ type }) => type === "case.renamed");
    expect(renamed.map(({ subjectId }) => subjectId).sort()).toEqual(
      [one.case.id, two.case.id].sort(),
    );
    for (const event of renamed)
      expect(event).toMatchObject({
        before: { patientName: "WRONG, Name" },
        after: { patientName: "RIGHT, Name" },
      });
    expect((await caseOf(two.case.id)).version).toBeGreaterThan(1);
  });

  it("changes who a signed case is about only with a reason, which its signer is told", async () => {
    const { case: row, study } = await aCase(server, siteId)
      .notAssessed("lateral")
      .named("SIGNED, As")
      .create();
    await sign(row.id);
    const correct = (reason: string, by = reader) =>
      by.execute(
        `mutation { updateStudyDetails(input: { studyId: "${study.id}", patientName: "CORRECTED, To"${reason} }) { id } }`,
      );
    const { events } = await recordedBy(server, async () => {
      (await correct("", staff)).refusedWith("FORBIDDEN");
      (await correct("")).refusedWith("REASON_REQUIRED");
    });
    expect(events).toMatchObject([{ type: "access.refused" }]);
    expect((await caseOf(row.id)).patientName).toBe("SIGNED, As");
    const recorded = await recordedBy(server, async () => {
      (await correct(', reason: "mixed up at the desk"')).anyData();
    });
    expect(recorded.events).toContainEqual(
      expect.objectContaining({
        type: "case.renamed",
        details: { reason: "mixed up at the desk" },
      }),
    );
    const [reading] = await server.database.client.reading.findMany({
      where: { caseId: row.id },
    });
    expect(reading?.notice).toBe("identity-changed");
    expect(await noticesOf(reader)).toEqual([
      { notice: "IDENTITY_CHANGED", case: { id: row.id } },
    ]);
    const colleague = await asRadiologist(server, siteId);
    expect(await noticesOf(colleague)).toEqual([]);
    // The signer reads what changed and why; nobody else is told so.
    expect(await changeOf(colleague, row.id)).toBeNull();
    expect(await changeOf(reader, row.id)).toEqual({
      byName: reader.name,
      isMove: false,
      reason: "mixed up at the desk",
      nameBefore: "SIGNED, As",
      nameAfter: "CORRECTED, To",
      mrnBefore: null,
      mrnAfter: null,
    });
    (
      await reader.execute(
        `mutation { acknowledgeNotice(caseId: "${row.id}") { id } }`,
      )
    ).anyData();
    expect(
      await server.database.client.reading.count({
        where: { caseId: row.id, notice: { not: null } },
      }),
    ).toBe(0);
    expect(await noticesOf(reader)).toEqual([]);
    expect(await changeOf(reader, row.id)).toBeNull();
  });

  it("hands a held case over with a reason; the draft stays its writer's", async () => {
    const other = await asRadiologist(server, siteId);
    const { case: row } = await aCase(server, siteId).create();
    await other.execute(`mutation { claimCase(caseId: "${row.id}") { id } }`);
    (
      await other.execute(
        `mutation { saveReadingDraft(caseId: "${row.id}", input: { comment: "half a thought" }) { id } }`,
      )
    ).anyData();
    (
      await reader.execute(
        `mutation { takeOverCase(caseId: "${row.id}", reason: "") { id } }`,
      )
    ).refusedWith("BAD_USER_INPUT");
    const taken = await reader.execute(
      `mutation { takeOverCase(caseId: "${row.id}", reason: "shift ended") { id claimedBy { id } viewerReading { draft { comment } } } }`,
    );
    expect(taken.anyData()["takeOverCase"]).toMatchObject({
      claimedBy: { id: reader.userId },
      viewerReading: { draft: null },
    });
    const seen = await other.execute(
      `{ case(id: "${row.id}") { viewerReading { state draft { comment } } } }`,
    );
    expect(seen.anyData()["case"]).toMatchObject({
      viewerReading: { state: "ENDED", draft: { comment: "half a thought" } },
    });
    // Another's draft is never shown.
    const all = await reader.execute(
      `{ case(id: "${row.id}") { readings { draft { comment } } } }`,
    );
    expect(JSON.stringify(all.anyData())).not.toContain("half a thought");
  });
});
