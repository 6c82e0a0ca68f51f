/** A person with rows in every table that can hold one, under odd words. */
import { createHash } from "node:crypto";
import type { Patient } from "@lung-iris/prisma";
import { everyFilmKey } from "../../../apps/api/src/features/films/film-keys.ts";
import { putBytes } from "../../../apps/api/src/platform/object-store.ts";
import { aDecidedCase } from "../../testkit/decided.ts";
import { aCase, type Scenario } from "../../testkit/scenario.ts";
import type { TestServer } from "../../testkit/server.ts";

/** Words that stand nowhere else. */
export const WORDS = ["Quillonbach", "PLANT-0815", "ACC-4711-PLANT"] as const;
export const NAME = "QUILLONBACH, Zenobia";
export const NUMBER = "PLANT-0815";

export interface Planted {
  patient: Patient;
  signed: Scenario;
  open: Scenario;
  datasetId: string;
  exportKey: string;
}

/** Two studies, one of them signed, with all that people write beside them. */
export async function aPlantedPerson(
  server: TestServer,
  siteId: string,
  readerId: string,
): Promise<Planted> {
  const { client } = server.database;
  const now = server.clock.now();
  const open = await aCase(server, siteId)
    .named(NAME, NUMBER)
    .assessed(0.8)
    .create();
  const { patient } = open;
  const signed = await aDecidedCase(server, { siteId, readerId }, 0.9, {
    label: "PNEUMONIA",
    of: patient,
  });
  await client.patientName.create({
    data: {
      patientId: patient.id,
      representation: "ALPHABETIC",
      family: "Quillonbach",
      given: "Zenobia",
    },
  });
  await client.patientIdentifier.create({
    data: { siteId, patientId: patient.id, value: NUMBER },
  });
  await client.study.update({
    where: { id: signed.study.id },
    data: { accessionNumber: "ACC-4711-PLANT", clinicalNote: NAME },
  });
  const caseId = signed.case.id;
  const at = { siteId, caseId };
  const version = await client.readingVersion.findFirstOrThrow({
    where: { caseId },
  });
  const label = await client.caseLabel.findFirstOrThrow({ where: { caseId } });
  await client.keptText.create({
    data: {
      ...at,
      userId: readerId,
      kind: "COMMENT",
      aboutId: caseId,
      text: NAME,
      keptAt: now,
    },
  });
  await client.keptReason.create({
    data: {
      userId: readerId,
      siteId,
      patientId: patient.id,
      kind: "WITHDRAWAL",
      aboutId: patient.id,
      part: "",
      text: NAME,
      keptAt: now,
    },
  });
  const comment = await client.caseComment.create({
    data: { ...at, authorId: readerId, createdAt: now },
  });
  await client.caseCommentVersion.create({
    data: {
      ...at,
      commentId: comment.id,
      number: 1,
      text: NAME,
      tellsAi: false,
      tellsReading: false,
      createdAt: now,
    },
  });
  const item = await client.inboxItem.create({
    data: {
      ...at,
      userId: readerId,
      kind: "MENTIONED",
      actorName: "Somebody",
      createdAt: now,
    },
  });
  await client.notificationDelivery.create({
    data: {
      siteId,
      userId: readerId,
      inboxItemId: item.id,
      kind: "MENTIONED",
      way: "EMAIL",
      isUrgent: false,
      isHeld: false,
      dueAt: now,
      createdAt: now,
    },
  });
  await client.criticalResult.create({
    data: {
      ...at,
      versionId: version.id,
      state: "WITHDRAWN",
      reason: NAME,
      withdrawnAt: now,
      withdrawnByName: "Reader",
      withdrawReason: NAME,
      markedById: readerId,
      markedByName: "Reader",
      markedAt: now,
      dueAt: now,
    },
  });
  await client.preliminaryReport.create({
    data: {
      ...at,
      readingId: version.readingId,
      readerId,
      number: 1,
      label: "PNEUMONIA",
      report: { findings: NAME },
      issuedAt: now,
    },
  });
  await client.filmCorrection.create({
    data: {
      siteId,
      imageId: signed.image.id,
      kind: "REMOVED",
      studyId: signed.study.id,
      reason: NAME,
      byId: readerId,
      byName: "Reader",
      correctedAt: now,
    },
  });
  await client.studyCorrection.create({
    data: {
      siteId,
      studyId: signed.study.id,
      fromPatientId: patient.id,
      toPatientId: patient.id,
      before: { patientName: NAME },
      after: { patientName: NAME },
      isRecordChanged: true,
      notesTaken: [],
      byId: readerId,
      byName: "Reader",
      correctedAt: now,
    },
  });
  await client.learningWithdrawal.create({
    data: {
      siteId,
      patientId: patient.id,
      reason: NAME,
      byId: readerId,
      byName: "Reader",
      withdrawnAt: now,
    },
  });
  await client.resumableUpload.create({
    data: {
      userId: readerId,
      siteId,
      fileName: `${NAME}.dcm`,
      details: NAME,
      takeAsChest: false,
      length: 1n,
      outcome: { imageId: signed.image.id, studyId: signed.study.id },
      createdAt: now,
      touchedAt: now,
    },
  });
  const { datasetId, exportKey } = await anExport(server, siteId, readerId, {
    caseId,
    imageId: signed.image.id,
    labelId: label.id,
  });
  for (const { image } of [open, signed])
    for (const key of everyFilmKey(image.sha256))
      await putBytes(server.objectStore, key, Buffer.from(NAME));
  return { patient, signed, open, datasetId, exportKey };
}

async function anExport(
  server: TestServer,
  siteId: string,
  createdById: string,
  member: { caseId: string; imageId: string; labelId: string },
): Promise<{ datasetId: string; exportKey: string }> {
  const { client } = server.database;
  const bytes = Buffer.from("a file of films");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const { id } = await client.dataset.create({
    data: {
      siteId,
      createdById,
      name: "Spring",
      filter: { siteId },
      state: "READY",
      bytes: BigInt(bytes.length),
      sha256,
      total: 1,
    },
  });
  const exportKey = `datasets/${id}.zip`;
  await client.dataset.update({
    where: { id },
    data: { objectKey: exportKey },
  });
  await putBytes(server.objectStore, exportKey, bytes);
  await client.datasetMember.create({
    data: { ...member, datasetId: id, split: "TRAIN" },
  });
  return { datasetId: id, exportKey };
}

/** Rows by table that hold a text anywhere, whatever the column. */
export async function tablesHolding(
  server: TestServer,
  text: string,
): Promise<Record<string, number>> {
  const { client } = server.database;
  const tables = await client.$queryRaw<{ name: string }[]>`
    SELECT c.oid::regclass::text AS "name" FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace::regnamespace::text
      IN ('public', 'graphile_worker') ORDER BY 1`;
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await client.$queryRawUnsafe<{ rows: number }[]>(
      `SELECT count(*)::int AS "rows" FROM ${name} t
       WHERE strpos(lower(t::text), lower($1)) > 0`,
      text,
    );
    if (row !== undefined && row.rows > 0) found[name] = row.rows;
  }
  return found;
}
