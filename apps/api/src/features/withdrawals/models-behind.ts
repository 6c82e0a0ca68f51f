import { trainingPatient } from "@lung-iris/inference";
import type { DatabaseClient, ModelVersion, Tx } from "@lung-iris/prisma";
import { ConflictError } from "../../errors.ts";
import { pseudonymsFor } from "../dataset-files/pseudonyms.ts";
import { readCurrentRoles } from "../models/current-roles.ts";
import { recordsMergedInto } from "../patients/merged-records.ts";

/** Models beyond this are not named: there are a handful. */
const MOST_MODELS = 50;

/** A record whose films somebody may have learnt from. */
export interface PatientRecord {
  patientId: string;
  siteId: string;
}

/** What is to be done about a model that learnt from somebody withdrawn. */
export type ModelRemedy = "ROLL_BACK" | "END_SHADOW" | "DELETE";

/** A model that learnt from a patient, and where it has a role now. */
export interface ModelHolding {
  model: ModelVersion;
  /** Of all the desk's sites; null: none. */
  role: "LIVE" | "SHADOW" | null;
  /** Where; null among them: everywhere that has no live model of its own. */
  siteIds: (string | null)[];
  remedy: ModelRemedy;
}

/**
 * How model folders name these records: by the pseudonym of each, and of the
 * records that were merged into it, under which films may have left before.
 */
async function namesInModels(
  client: DatabaseClient | Tx,
  secret: string,
  records: readonly PatientRecord[],
): Promise<Map<string, PatientRecord>> {
  const byId = new Map(records.map((record) => [record.patientId, record]));
  const merged = await recordsMergedInto(client, [...byId.keys()]);
  const all = [
    ...records.map((record) => ({ id: record.patientId, record })),
    ...merged.flatMap(({ id, survivorId }) => {
      const record = byId.get(survivorId);
      return record === undefined ? [] : [{ id, record }];
    }),
  ];
  return new Map(
    all.map(({ id, record }) => [
      trainingPatient(pseudonymsFor(secret, record.siteId).patient(id)),
      record,
    ]),
  );
}

/**
 * Models that learnt from each of these patients, the newest first.
 *
 * @param secret the installation's; pseudonyms come from it
 */
export async function modelsHolding(
  client: DatabaseClient,
  secret: string,
  records: readonly PatientRecord[],
): Promise<Map<string, ModelHolding[]>> {
  const names = await namesInModels(client, secret, records);
  const rows = await client.modelPatient.findMany({
    where: { patient: { in: [...names.keys()] } },
    include: { modelVersion: true },
    orderBy: { modelVersionId: "desc" },
  });
  const roles = await readCurrentRoles(client);
  const held = new Map<string, ModelHolding[]>();
  for (const { patient, modelVersion } of rows) {
    const patientId = names.get(patient)?.patientId ?? "";
    const models = held.get(patientId) ?? [];
    held.set(patientId, models);
    // By two records of one person it is still one model.
    if (models.some(({ model }) => model.id === modelVersion.id)) continue;
    if (models.length >= MOST_MODELS) continue;
    const own = roles.filter(
      ({ modelVersionId }) => modelVersionId === modelVersion.id,
    );
    const role = own.some((one) => one.role === "LIVE")
      ? "LIVE"
      : (own[0]?.role ?? null);
    models.push({
      model: modelVersion,
      role,
      siteIds: own
        .filter((one) => one.role === role)
        .map(({ siteId }) => siteId),
      remedy: remedyFor(role),
    });
  }
  return held;
}

/** How many models learnt from a patient; for who records a withdrawal. */
export async function countModelsHolding(
  tx: Tx,
  secret: string,
  record: PatientRecord,
): Promise<number> {
  const names = await namesInModels(tx, secret, [record]);
  const rows = await tx.modelPatient.groupBy({
    by: ["modelVersionId"],
    where: { patient: { in: [...names.keys()] } },
  });
  return rows.length;
}

/**
 * How many patients a model learnt from who are withdrawn from learning now,
 * at whichever site.
 */
export async function withdrawnBehind(
  client: DatabaseClient | Tx,
  secret: string,
  modelVersionId: string,
): Promise<number> {
  const isNamed = await client.modelPatient.findFirst({
    where: { modelVersionId },
    select: { patient: true },
  });
  if (isNamed === null) return 0;
  const open = await client.learningWithdrawal.findMany({
    where: { liftedAt: null },
    select: { patientId: true, siteId: true },
  });
  const names = await namesInModels(client, secret, open);
  const rows = await client.modelPatient.findMany({
    where: { modelVersionId, patient: { in: [...names.keys()] } },
    select: { patient: true },
  });
  return new Set(rows.map(({ patient }) => names.get(patient)?.patientId)).size;
}

/** Why nothing goes on with a candidate that learnt from so many; null: it may. */
export function withdrawnRefusal(
  count: number,
): { code: "withdrawn-patient-in-training"; detail: string } | null {
  if (count === 0) return null;
  const whom =
    count === 1
      ? "a patient who was withdrawn from learning"
      : `${String(count)} patients who were withdrawn from learning`;
  return {
    code: "withdrawn-patient-in-training",
    detail: `It learnt from ${whom}. Make a candidate from a dataset without them.`,
  };
}

/** @throws LEARNT_FROM_WITHDRAWN where a candidate learnt from such a patient. */
export async function assertNoneWithdrawn(
  tx: Tx,
  secret: string,
  modelVersionId: string,
): Promise<void> {
  const refusal = withdrawnRefusal(
    await withdrawnBehind(tx, secret, modelVersionId),
  );
  if (refusal === null) return;
  throw new ConflictError("LEARNT_FROM_WITHDRAWN", refusal.detail, {
    details: { reason: refusal.code },
  });
}

/**
 * A model that answers films is taken out first; what is left of any is its
 * file, and another that was made without the patient.
 */
function remedyFor(role: ModelHolding["role"]): ModelRemedy {
  if (role === "LIVE") return "ROLL_BACK";
  return role === "SHADOW" ? "END_SHADOW" : "DELETE";
}
