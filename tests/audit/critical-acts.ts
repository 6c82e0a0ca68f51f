import type { CriticalResult } from "@lung-iris/prisma";
import { aCase } from "../testkit/scenario.ts";
import { onId, type Acts, type Stage } from "./acts.ts";

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

/** Mutations of critical results. */
export const CRITICAL_ACTS: Acts = {
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
};
