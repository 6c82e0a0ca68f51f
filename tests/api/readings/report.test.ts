import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import type { Scenario } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";
import { CLAIM, REVEAL } from "./reading-documents.ts";

const FIELDS = `id version label report {
  language indication technique comparison findings impression addenda { text addedAt } }`;
const SIGN = `mutation ($input: SignReadingInput!) { signReading(input: $input) { ${FIELDS} } }`;
const AMEND = `mutation ($input: AmendReadingInput!) { amendReading(input: $input) { ${FIELDS} } }`;
const ADD = `mutation ($id: ID!, $text: String!) {
  addAddendum(versionId: $id, text: $text, language: VI) { ${FIELDS} } }`;
const SUGGEST = `query ($id: ID!, $label: Label, $findings: [ReadingFindingInput!], $language: ReportLanguage!) {
  reportSuggestion(caseId: $id, label: $label, findings: $findings, language: $language) {
    priorCaseId indication technique comparison findings impression } }`;
const SAVE = `mutation ($id: ID!, $input: ReadingDraftInput!) {
  saveReadingDraft(caseId: $id, input: $input) {
    viewerReading { draft { comment report { language findings impression edited } } } } }`;
const DRAFT = `query ($id: ID!) { case(id: $id) { readings { draft { report { impression } } } } }`;

const REPORT = {
  language: "VI",
  indication: "Sốt.",
  technique: "X-quang ngực (DX), PA.",
  comparison: "",
  findings: "  Đông đặc ở vùng dưới bên phải. ",
  impression: "Viêm phổi.",
};

interface Signed {
  id: string;
  version: number;
  label: string;
  report: Record<string, unknown> | null;
}

describe("the report of a reading", () => {
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

  /** A selection that the documents above ask for. */
  const versionIn = (data: Record<string, unknown>, field: string) =>
    data[field] as Signed;

  async function signed(
    report: object | null,
    scenario?: Scenario,
  ): Promise<Signed> {
    const { case: row } =
      scenario ?? (await aCase(server, siteId).assessed(0.9).create());
    await reader.execute(CLAIM, { id: row.id });
    await reader.execute(REVEAL, { id: row.id });
    const answer = await reader.execute(SIGN, {
      input: {
        caseId: row.id,
        caseVersion: 2,
        label: "PNEUMONIA",
        decision: "CONFIRM",
        report,
      },
    });
    return versionIn(answer.anyData(), "signReading");
  }

  const amending = (id: string, rest: object) => ({
    input: {
      versionId: id,
      label: "PNEUMONIA",
      decision: "CONFIRM",
      amendReason: "Second look",
      ...rest,
    },
  });

  it("is signed with the reading, trimmed, and is in its event", async () => {
    const { result, events } = await recordedBy(server, () => signed(REPORT));
    expect(result.report).toMatchObject({
      ...REPORT,
      findings: "Đông đặc ở vùng dưới bên phải.",
      addenda: [],
    });
    expect(events.at(-1)).toMatchObject({
      type: "reading.signed",
      after: { reading: { report: { impression: "Viêm phổi." } } },
    });
  });

  it("is null where nothing was written: no text is made up", async () => {
    expect((await signed(null)).report).toBeNull();
    const blank = { ...REPORT, indication: " ", technique: "", findings: "" };
    expect((await signed({ ...blank, impression: "" })).report).toBeNull();
  });

  it("is refused where a section is longer than it may be", async () => {
    const { case: row } = await aCase(server, siteId).create();
    await reader.execute(CLAIM, { id: row.id });
    const answer = await reader.execute(SIGN, {
      input: {
        caseId: row.id,
        caseVersion: 2,
        label: "NORMAL",
        decision: "INDEPENDENT",
        report: { ...REPORT, findings: "x".repeat(4_001) },
      },
    });
    answer.refusedWith("BAD_USER_INPUT");
  });

  it("changes by versions, and stays where an amendment does not name it", async () => {
    const first = await signed(REPORT);
    const changed = { ...REPORT, impression: "Viêm phổi nặng." };
    const second = versionIn(
      (
        await reader.execute(AMEND, amending(first.id, { report: changed }))
      ).anyData(),
      "amendReading",
    );
    expect(second).toMatchObject({
      version: 2,
      report: { impression: "Viêm phổi nặng." },
    });
    const third = await reader.execute(
      AMEND,
      amending(second.id, { comment: "Again" }),
    );
    expect(third.anyData()["amendReading"]).toMatchObject({
      version: 3,
      report: { impression: "Viêm phổi nặng." },
    });
  });

  it("takes addenda of its signer, which stay through an amendment", async () => {
    const first = await signed(REPORT);
    const { result, events } = await recordedBy(server, () =>
      reader.execute(ADD, { id: first.id, text: " Báo cho khoa lúc 9 giờ. " }),
    );
    const added = versionIn(result.anyData(), "addAddendum");
    expect(added).toMatchObject({
      version: 2,
      label: "PNEUMONIA",
      report: {
        impression: "Viêm phổi.",
        addenda: [{ text: "Báo cho khoa lúc 9 giờ." }],
      },
    });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "reading.addendum-added",
      details: { supersedesId: first.id },
    });
    expect(events[0]?.after).not.toHaveProperty("reading.label");
    const amended = await reader.execute(
      AMEND,
      amending(added.id, { report: { ...REPORT, impression: "Khác." } }),
    );
    expect(amended.anyData()["amendReading"]).toMatchObject({
      report: { impression: "Khác.", addenda: [{}] },
    });
  });

  it("takes an addendum where no report was written, and none from another", async () => {
    const { id } = await signed(null);
    (await other.execute(ADD, { id, text: "x" })).refusedWith(
      "NOT_OWN_READING",
    );
    (await reader.execute(ADD, { id, text: "  " })).refusedWith(
      "BAD_USER_INPUT",
    );
    const answer = await reader.execute(ADD, { id, text: "Words." });
    expect(answer.anyData()["addAddendum"]).toMatchObject({
      report: { language: "VI", impression: "", addenda: [{}] },
    });
  });

  it("is kept as a draft that nobody else is shown", async () => {
    const { case: row } = await aCase(server, siteId).create();
    await reader.execute(CLAIM, { id: row.id });
    const report = { ...REPORT, edited: ["FINDINGS"] };
    const kept = await reader.execute(SAVE, { id: row.id, input: { report } });
    expect(kept.anyData()["saveReadingDraft"]).toMatchObject({
      viewerReading: {
        draft: {
          report: { findings: REPORT.findings, edited: ["FINDINGS"] },
        },
      },
    });
    const seen = await other.execute(DRAFT, { id: row.id });
    expect(seen.anyData()["case"]).toEqual({ readings: [{ draft: null }] });
  });

  describe("suggested", () => {
    const input = (id: string) => ({
      id,
      label: "PNEUMONIA",
      language: "EN",
      findings: [
        { code: "pneumonia", presence: "PRESENT", side: "RIGHT", zones: [] },
      ],
    });

    it("is of the order, the choices and the signed prior, and is a look", async () => {
      const prior = await aCase(server, siteId)
        .studiedAt(new Date("2026-01-02T08:00:00Z"))
        .assessed(0.9)
        .create();
      await signed(REPORT, prior);
      const now = await aCase(server, siteId).of(prior.patient).create();
      const { result, events } = await recordedBy(server, () =>
        other.execute(SUGGEST, input(now.case.id)),
      );
      expect(result.anyData()["reportSuggestion"]).toMatchObject({
        priorCaseId: prior.case.id,
        technique: "Chest radiograph (DX).",
        comparison: "Compared with chest of 2 January 2026.",
        impression: "Pneumonia on the right.",
      });
      expect(events).toMatchObject([
        { type: "patient.viewed", patientId: prior.patient.id },
      ]);
    });

    it("is the same whatever the AI says, to a reader who has not seen it", async () => {
      const of = async (probability: number) => {
        const { case: row } = await aCase(server, siteId)
          .assessed(probability)
          .create();
        const answer = await reader.execute(SUGGEST, input(row.id));
        return answer.anyData()["reportSuggestion"];
      };
      expect(await of(0.97)).toEqual(await of(0.02));
    });

    it("is refused to staff, for another site's case and for broken findings", async () => {
      const { case: row } = await aCase(server, siteId).create();
      const staff = await asStaff(server, siteId);
      (await staff.execute(SUGGEST, input(row.id))).refusedWith("FORBIDDEN");
      const elsewhere = await asRadiologist(server, (await aSite(server)).id);
      (await elsewhere.execute(SUGGEST, input(row.id))).refusedWith(
        "NOT_FOUND",
      );
      const broken = [{ code: "pneumonia", presence: "MAYBE" }];
      (
        await reader.execute(SUGGEST, { ...input(row.id), findings: broken })
      ).refusedWith("BAD_USER_INPUT");
    });
  });
});
