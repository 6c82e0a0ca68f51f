import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aDecidedCase, type Decided } from "../../testkit/decided.ts";
import { givenPolicy } from "../../testkit/policies.ts";
import { aCase, liveTestModel } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { DESK } from "../../testkit/threshold-requests.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

interface Desk {
  today: number | null;
  cases: number;
  positives: number;
  patients: number;
  isTooFew: boolean;
  suggested: number | null;
  harmOfAll: number | null;
  harmOfNone: number | null;
  days: number;
  casesADay: number;
  grades: { grade: string; cases: number; isCounted: boolean }[];
  points: {
    threshold: number;
    truePositives: number;
    falsePositives: number;
    harm: number | null;
    positivesADay: number | null;
    sensitivity: { value: number; low: number; high: number } | null;
  }[];
}

describe("the threshold desk", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    await liveTestModel(server);
  });
  afterAll(() => server.stop());

  /** A site of its own for each test. */
  async function newSite(): Promise<void> {
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    reader = await asRadiologist(server, siteId);
  }

  const decided = (probability: number, how: Decided) =>
    aDecidedCase(server, { siteId, readerId: reader.userId }, probability, how);

  async function desk(more: Record<string, unknown> = {}): Promise<Desk> {
    const asked = { siteId, ageGroup: "adult", ...more };
    const answer = await admin.execute(DESK, asked);
    return answer.anyData()["thresholdDesk"] as Desk;
  }
  const at = ({ points }: Desk, threshold: number) =>
    points.find((point) => point.threshold === threshold);

  it("counts what each threshold would have called, from it on", async () => {
    await newSite();
    await decided(0.7, { label: "PNEUMONIA" });
    await decided(0.4, { label: "PNEUMONIA" });
    await decided(0.4, { label: "NORMAL" });
    await decided(0.1, { label: "OTHER" });
    const own = await desk();
    expect(own).toMatchObject({
      cases: 4,
      positives: 2,
      patients: 4,
      harmOfAll: 50,
      harmOfNone: 500,
    });
    expect(at(own, 0.4)).toMatchObject({
      truePositives: 2,
      falsePositives: 1,
      sensitivity: { value: 1 },
      specificity: { value: 0.5 },
      ppv: { value: 2 / 3 },
      npv: { value: 1 },
      harm: 25,
    });
    expect(at(own, 0.41)).toMatchObject({
      truePositives: 1,
      falsePositives: 0,
      sensitivity: { value: 0.5 },
      harm: 250,
    });
    expect(at(await desk({ harmWeight: 1 }), 0.41)?.harm).toBe(25);
  });

  it("counts labels that knew the AI only where asked to, and says how many there are", async () => {
    await newSite();
    await decided(0.7, { label: "PNEUMONIA", grade: "TWO_AGREE" });
    await decided(0.9, { label: "PNEUMONIA", grade: "ONE_AFTER_AI" });
    const own = await desk();
    expect(own.cases).toBe(1);
    expect(own.grades).toEqual([
      { grade: "ADJUDICATED", cases: 0, isCounted: true },
      { grade: "TWO_AGREE", cases: 1, isCounted: true },
      { grade: "ONE_BLIND", cases: 0, isCounted: true },
      { grade: "ONE_AFTER_AI", cases: 1, isCounted: false },
    ]);
    const all = ["ADJUDICATED", "TWO_AGREE", "ONE_BLIND", "ONE_AFTER_AI"];
    expect((await desk({ grades: all })).cases).toBe(2);
  });

  it("widens intervals where patients come again", async () => {
    await newSite();
    const { patient } = await decided(0.7, { label: "PNEUMONIA" });
    const alone = at(await desk(), 0.5)?.sensitivity;
    await decided(0.7, { label: "PNEUMONIA", of: patient });
    const own = await desk();
    expect(own).toMatchObject({ cases: 2, patients: 1 });
    expect(at(own, 0.5)?.sensitivity).toEqual(alone);
    await decided(0.7, { label: "PNEUMONIA" });
    const more = at(await desk(), 0.5)?.sensitivity;
    expect(more?.low).toBeGreaterThan(alone?.low ?? 1);
  });

  it("leaves patients out from whom nothing is learnt, cases of another site and group, and what has no label", async () => {
    await newSite();
    const { patient } = await decided(0.7, { label: "PNEUMONIA" });
    await aCase(server, siteId).assessed(0.7).create();
    expect((await desk()).cases).toBe(1);
    expect((await desk({ ageGroup: "child" })).cases).toBe(0);
    await admin.execute(
      `mutation ($id: ID!) { withdrawFromLearning(patientId: $id, reason: "asked to") { id } }`,
      { id: patient.id },
    );
    expect((await desk()).cases).toBe(0);
    await newSite();
    expect((await desk()).cases).toBe(0);
  });

  it("suggests nothing below fifty with and fifty without, then what does the least harm", async () => {
    await newSite();
    for (let i = 0; i < 50; i++) await decided(0.8, { label: "PNEUMONIA" });
    for (let i = 0; i < 49; i++) await decided(0.3, { label: "NORMAL" });
    expect(await desk()).toMatchObject({ isTooFew: true, suggested: null });
    await decided(0.3, { label: "NORMAL" });
    expect(await desk()).toMatchObject({ isTooFew: false, suggested: 0.31 });
  }, 180_000);

  it("says what holds today, the policy's or the model's, on its very spot", async () => {
    await newSite();
    const model = await liveTestModel(server);
    await givenPolicy(server, siteId, {
      thresholds: [
        {
          model: model.fingerprint,
          finding: "pneumonia",
          ageGroup: "adult",
          threshold: 0.4375,
        },
      ],
    });
    await decided(0.4375, { label: "PNEUMONIA" });
    await expect
      .poll(async () => (await desk()).today, { timeout: 30_000 })
      .toBe(0.4375);
    expect(at(await desk(), 0.4375)?.truePositives).toBe(1);
  });

  it("counts positives a day of all that came in, control cases only once signed", async () => {
    await newSite();
    for (const [probability, columns] of [
      [0.9, {}],
      [0.2, {}],
      [0.9, { isControl: true }],
    ] as const)
      await aCase(server, siteId)
        .assessed(probability)
        .with({
          ...columns,
          arrivedAt: new Date(server.clock.now().getTime() - 2 * 86_400_000),
        })
        .create();
    const own = await desk();
    expect(own).toMatchObject({ days: 2, casesADay: 1 });
    expect(at(own, 0.5)?.positivesADay).toBe(0.5);
  });

  it("refuses what is no request", async () => {
    await newSite();
    for (const wrong of [
      { ageGroup: "old" },
      { harmWeight: 0 },
      { harmWeight: 1e9 },
      { grades: [] },
    ]) {
      const asked = { siteId, ageGroup: "adult", ...wrong };
      (await admin.execute(DESK, asked)).refusedWith("BAD_USER_INPUT");
    }
    const staff = await asStaff(server, siteId);
    for (const viewer of [staff, reader])
      (await viewer.execute(DESK, { siteId, ageGroup: "adult" })).refusedWith(
        "FORBIDDEN",
      );
  });
});
