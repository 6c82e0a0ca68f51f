import type { CriticalResult } from "@lung-iris/prisma";
import { expect } from "vitest";
import { aCase } from "../testkit/scenario.ts";
import { asRadiologist } from "../testkit/viewers.ts";
import type { SignedIn } from "../testkit/viewers.ts";
import { as, type Acts, type Stage } from "./acts.ts";

/** A mutation that takes the id of what it changes as `$id`. */
const onId = (who: SignedIn, id: string, field: string) =>
  as(who, `mutation ($id: ID!) { ${field} { id } }`, { id });

const SIGNED = {
  state: "SIGNED",
  decidedLabel: "NORMAL",
  signedAt: new Date("2026-03-01T10:00:00Z"),
} as const;

const READING = { state: "READING" as const };

const WITHDRAW = `mutation ($id: ID!) { withdrawFromLearning(patientId: $id, reason: "Asked for it") { id } }`;

const A_MACRO = {
  name: "clear",
  texts: [{ language: "EN", section: "FINDINGS", text: " Clear lungs. " }],
};
const STORED = {
  texts: [{ language: "en", section: "findings", text: "Clear lungs." }],
};

/** A signed case whose result is critical, and was told. */
async function aCriticalResult(
  { server, siteId, reader }: Stage,
  isTold = false,
): Promise<CriticalResult> {
  const { case: row } = await aCase(server, siteId).assessed(0.9).create();
  await onId(reader, row.id, `claimCase(caseId: $id)`).ok;
  await onId(reader, row.id, `revealPrediction(caseId: $id)`).ok;
  await onId(
    reader,
    row.id,
    `signReading(input: { caseId: $id, caseVersion: 2, label: PNEUMONIA, decision: CONFIRM, critical: { finding: "pneumothorax" } })`,
  ).ok;
  const { client } = server.database;
  const of = { where: { caseId: row.id } };
  const { id } = await client.criticalResult.findFirstOrThrow(of);
  if (isTold)
    await onId(
      reader,
      id,
      `tellCritical(id: $id, input: { way: PHONE, to: "Dr Le, ward 3" })`,
    ).ok;
  return client.criticalResult.findFirstOrThrow(of);
}

/** Mutations of cases, readings and what is made of them. */
export const CASE_ACTS: Acts = {
  claimCase: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId).create();
    return {
      run: () => onId(reader, row.id, `claimCase(caseId: $id)`),
      expected: {
        type: "case.claimed",
        before: {
          state: "WAITING",
          claimedById: null,
          claimExpiresAt: null,
          version: 1,
        },
        after: {
          state: "READING",
          claimedById: reader.userId,
          claimExpiresAt: "2026-03-02T09:15:00.000Z",
          version: 2,
        },
      },
    };
  },
  claimNextCase: async ({ server, siteId, reader }) => {
    // Nothing else of the desk is sicker or waits longer.
    const { case: row } = await aCase(server, siteId)
      .with({ urgency: "CRITICAL", arrivedAt: new Date("2000-01-01") })
      .create();
    return {
      run: () => as(reader, `mutation { claimNextCase { id } }`, {}),
      expected: {
        type: "case.claimed",
        before: {
          state: "WAITING",
          claimedById: null,
          claimExpiresAt: null,
          version: row.version,
        },
        after: {
          state: "READING",
          claimedById: reader.userId,
          claimExpiresAt: "2026-03-02T09:15:00.000Z",
          version: row.version + 1,
        },
      },
    };
  },
  handOver: async ({ server, siteId, reader }) => {
    const giver = await asRadiologist(server, siteId);
    const { case: row } = await aCase(server, siteId)
      .with({ assigneeId: giver.userId })
      .create();
    return {
      run: () =>
        as(
          giver,
          `mutation ($to: ID) { handOver(toUserId: $to) { assigned } }`,
          { to: reader.userId },
        ),
      expected: {
        type: "case.assigned",
        before: { assigneeId: giver.userId, version: row.version },
        after: { assigneeId: reader.userId, version: row.version + 1 },
      },
    };
  },
  releaseCase: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId)
      .with({ ...READING, claimedById: reader.userId })
      .create();
    return {
      run: () => onId(reader, row.id, `releaseCase(caseId: $id)`),
      expected: {
        type: "case.released",
        before: { state: "READING", claimedById: reader.userId, version: 1 },
        after: { state: "WAITING", claimedById: null, version: 2 },
        details: { reason: "reader" },
      },
    };
  },
  assignCase: async ({ server, siteId, reader, staff }) => {
    const { case: row } = await aCase(server, siteId).create();
    return {
      run: () =>
        as(
          staff,
          `mutation ($id: ID!, $user: ID) { assignCase(caseId: $id, userId: $user) { id } }`,
          { id: row.id, user: reader.userId },
        ),
      expected: {
        type: "case.assigned",
        before: { assigneeId: null, version: 1 },
        after: { assigneeId: reader.userId, version: 2 },
      },
    };
  },
  issuePreliminary: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId).assessed(0.9).create();
    await onId(reader, row.id, `claimCase(caseId: $id)`).ok;
    const at = server.clock.now();
    return {
      run: () =>
        onId(
          reader,
          row.id,
          `issuePreliminary(input: { caseId: $id, label: NORMAL, report: { language: EN, indication: "", technique: "", comparison: "", findings: " Clear. ", impression: "" } })`,
        ),
      expected: {
        type: "case.preliminary-issued",
        subjectId: row.id,
        before: { preliminaryAt: null },
        after: { preliminaryAt: at.toISOString() },
        details: expect.objectContaining({
          number: 1,
          label: "NORMAL",
          report: expect.objectContaining({ findings: "Clear." }),
        }),
      },
    };
  },
  markCritical: async (stage) => {
    const { server, reader } = stage;
    const { id, caseId } = await aCriticalResult(stage);
    await onId(reader, id, `withdrawCritical(id: $id, reason: "Twice")`).ok;
    const due = new Date(server.clock.now().getTime() + 3_600_000);
    return {
      run: () =>
        onId(
          reader,
          caseId,
          `markCritical(caseId: $id, input: { reason: "Tube in the airway" })`,
        ),
      expected: {
        type: "critical.marked",
        before: {},
        after: {
          state: "OPEN",
          finding: null,
          reason: "Tube in the airway",
          dueAt: due.toISOString(),
          escalatedAt: null,
          toldTo: null,
          toldUserId: null,
          way: null,
          toldAt: null,
          readBack: null,
          readBackBy: null,
          acknowledgedAt: null,
          withdrawnAt: null,
          withdrawReason: null,
        },
        details: { caseId },
      },
    };
  },
  tellCritical: async (stage) => {
    const { id, caseId } = await aCriticalResult(stage);
    return {
      run: () =>
        onId(
          stage.staff,
          id,
          `tellCritical(id: $id, input: { way: PHONE, to: " Dr Le, ward 3 " })`,
        ),
      expected: {
        type: "critical.told",
        subjectId: id,
        before: { state: "OPEN", toldTo: null, way: null, toldAt: null },
        after: {
          state: "TOLD",
          toldTo: "Dr Le, ward 3",
          way: "PHONE",
          toldAt: stage.server.clock.now().toISOString(),
        },
        details: { caseId },
      },
    };
  },
  acknowledgeCritical: async (stage) => {
    const { id, caseId } = await aCriticalResult(stage, true);
    return {
      run: () =>
        onId(
          stage.staff,
          id,
          `acknowledgeCritical(id: $id, finding: "pneumothorax")`,
        ),
      expected: {
        type: "critical.acknowledged",
        subjectId: id,
        before: {
          state: "TOLD",
          readBack: null,
          readBackBy: null,
          acknowledgedAt: null,
        },
        after: {
          state: "ACKNOWLEDGED",
          readBack: "pneumothorax",
          readBackBy: "Dr Le, ward 3",
          acknowledgedAt: stage.server.clock.now().toISOString(),
        },
        details: { caseId },
      },
    };
  },
  withdrawCritical: async (stage) => {
    const { id, caseId } = await aCriticalResult(stage);
    return {
      run: () =>
        onId(
          stage.reader,
          id,
          `withdrawCritical(id: $id, reason: "Wrong case")`,
        ),
      expected: {
        type: "critical.withdrawn",
        subjectId: id,
        before: { state: "OPEN", withdrawnAt: null, withdrawReason: null },
        after: {
          state: "WITHDRAWN",
          withdrawnAt: stage.server.clock.now().toISOString(),
          withdrawReason: "Wrong case",
        },
        details: { caseId },
      },
    };
  },
  endRetake: async ({ server, siteId, staff }) => {
    const { case: row } = await aCase(server, siteId)
      .with({
        state: "SIGNED",
        decidedLabel: "NOT_DIAGNOSTIC",
        signedAt: new Date("2026-03-01T10:00:00Z"),
        retakeAskedAt: new Date("2026-03-01T10:00:00Z"),
        retakeReason: "POSITION",
      })
      .create();
    return {
      run: () =>
        onId(staff, row.id, `endRetake(caseId: $id, reason: NOT_POSSIBLE)`),
      expected: {
        type: "case.retake-ended",
        before: { retakeDoneAt: null, version: 1 },
        after: { retakeDoneAt: expect.any(String), version: 2 },
        details: { cause: "staff", reason: "NOT_POSSIBLE", note: null },
      },
    };
  },
  reassessCase: async ({ server, siteId, staff }) => {
    const { case: row } = await aCase(server, siteId)
      .notAssessed("lateral")
      .create();
    return {
      run: () => onId(staff, row.id, `reassessCase(caseId: $id)`),
      expected: {
        type: "case.reassess-requested",
        before: {
          assessment: "NOT_ASSESSED",
          notAssessedReason: "lateral",
          version: 1,
        },
        after: { assessment: "PENDING", notAssessedReason: null, version: 2 },
      },
    };
  },
  revealPrediction: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId)
      .assessed(0.8)
      .with({ ...READING, claimedById: reader.userId })
      .create();
    return {
      run: () =>
        onId(reader, row.id, `revealPrediction(caseId: $id, opinion: OTHER)`),
      expected: {
        type: "case.prediction-revealed",
        subjectId: row.id,
        details: { opinion: "OTHER", isFirstTime: true },
      },
    };
  },
  updateStudyDetails: async ({ server, siteId, staff }) => {
    const { study, patient } = await aCase(server, siteId).create();
    return {
      run: () =>
        onId(
          staff,
          study.id,
          `updateStudyDetails(input: { studyId: $id, description: "Chest PA" })`,
        ),
      beside: ["case.placed"],
      expected: { type: "study.updated", patientId: patient.id },
    };
  },
  recordOpinion: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId)
      .assessed(0.8)
      .with({ ...READING, claimedById: reader.userId })
      .create();
    return {
      run: () =>
        onId(reader, row.id, `recordOpinion(caseId: $id, opinion: NORMAL)`),
      expected: {
        type: "reading.opinion-recorded",
        subjectId: row.id,
        details: { opinion: "NORMAL" },
      },
    };
  },
  saveReadingDraft: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId)
      .with({ ...READING, claimedById: reader.userId })
      .create();
    return {
      run: () =>
        onId(
          reader,
          row.id,
          `saveReadingDraft(caseId: $id, input: { comment: "so far" })`,
        ),
      expected: { type: "reading.draft-saved", subjectId: row.id },
    };
  },
  takeOverCase: async ({ server, siteId, reader }) => {
    const other = await asRadiologist(server, siteId);
    const { case: row } = await aCase(server, siteId)
      .with({ ...READING, claimedById: other.userId })
      .create();
    return {
      run: () =>
        onId(
          reader,
          row.id,
          `takeOverCase(caseId: $id, reason: "shift ended")`,
        ),
      expected: {
        type: "case.taken-over",
        subjectId: row.id,
        details: { reason: "shift ended", from: other.userId },
      },
    };
  },
  requestSecondReading: async ({ server, siteId, staff }) => {
    const { case: row } = await aCase(server, siteId).with(SIGNED).create();
    return {
      run: () =>
        onId(
          staff,
          row.id,
          `requestSecondReading(caseId: $id, reason: "faint shadow")`,
        ),
      expected: {
        type: "case.second-read-asked",
        subjectId: row.id,
        before: {
          secondRead: null,
          secondReadReasons: [],
          secondReadDueAt: null,
          version: 1,
        },
        after: {
          secondRead: "SECOND_DUE",
          secondReadReasons: ["asked"],
          secondReadDueAt: expect.any(String),
          version: 2,
        },
        details: { reason: "faint shadow" },
      },
    };
  },
  showFirstReading: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId)
      .with({
        ...SIGNED,
        secondRead: "SECOND_DUE",
        secondReadDueAt: SIGNED.signedAt,
      })
      .create();
    return {
      run: () => onId(reader, row.id, `showFirstReading(caseId: $id)`),
      expected: {
        type: "case.first-reading-shown",
        subjectId: row.id,
      },
    };
  },
  acknowledgeNotice: async ({ server, siteId, reader }) => {
    const { case: row } = await aCase(server, siteId).create();
    await server.database.client.reading.create({
      data: {
        siteId,
        caseId: row.id,
        readerId: reader.userId,
        state: "SIGNED",
        startedAt: server.clock.now(),
        notice: "reopened",
        noticeAt: server.clock.now(),
      },
    });
    return {
      run: () => onId(reader, row.id, `acknowledgeNotice(caseId: $id)`),
      expected: { type: "reading.notice-acknowledged", subjectId: row.id },
    };
  },
  withdrawFromLearning: async ({ server, siteId, admin }) => {
    const { patient } = await aCase(server, siteId).create();
    return {
      run: () => as(admin, WITHDRAW, { id: patient.id }),
      expected: { type: "learning.withdrawn", subjectId: patient.id },
    };
  },
  liftLearningWithdrawal: async ({ server, siteId, admin }) => {
    const { patient } = await aCase(server, siteId).create();
    await as(admin, WITHDRAW, { id: patient.id }).ok;
    return {
      run: () =>
        as(
          admin,
          `mutation ($id: ID!) { liftLearningWithdrawal(patientId: $id, reason: "Agreed again") { id } }`,
          { id: patient.id },
        ),
      expected: { type: "learning.withdrawal-lifted", subjectId: patient.id },
    };
  },
  saveOwnMacro: ({ siteId, reader }) => ({
    run: () =>
      as(
        reader,
        `mutation ($input: ReportMacroInput!) { saveOwnMacro(input: $input) { id } }`,
        { input: { ...A_MACRO, siteId } },
      ),
    expected: {
      type: "macro.created",
      before: {},
      after: { name: "clear", ...STORED, ownerId: reader.userId },
    },
  }),
  saveSiteMacro: ({ siteId, admin }) => ({
    run: () =>
      as(
        admin,
        `mutation ($input: ReportMacroInput!) { saveSiteMacro(input: $input) { id } }`,
        { input: { ...A_MACRO, siteId } },
      ),
    expected: {
      type: "macro.created",
      before: {},
      after: { name: "clear", ...STORED, ownerId: null },
    },
  }),
  deleteMacro: async ({ server, siteId, reader }) => {
    const { id } = await server.database.client.reportMacro.create({
      data: {
        siteId,
        ownerId: reader.userId,
        ...STORED,
        name: "removed",
      },
    });
    return {
      run: () => onId(reader, id, `deleteMacro(id: $id)`),
      expected: {
        type: "macro.deleted",
        subjectId: id,
        before: { ...STORED, name: "removed", ownerId: reader.userId },
      },
    };
  },
  createDataset: async ({ server, siteId, reader, admin }) => {
    const { case: row } = await aCase(server, siteId).assessed(0.9).create();
    await onId(reader, row.id, `claimCase(caseId: $id)`).ok;
    await onId(reader, row.id, `revealPrediction(caseId: $id)`).ok;
    await onId(
      reader,
      row.id,
      `signReading(input: { caseId: $id, caseVersion: 2, label: PNEUMONIA, decision: CONFIRM })`,
    ).ok;
    return {
      run: () =>
        as(
          admin,
          `mutation ($site: ID!) { createDataset(name: "All", filter: { siteId: $site }) { id } }`,
          { site: siteId },
        ),
      expected: { type: "dataset.created" },
    };
  },
};
