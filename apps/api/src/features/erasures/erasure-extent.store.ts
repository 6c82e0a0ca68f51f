import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import {
  erasureCounts,
  erasureExports,
  type ErasureCounts,
  type ErasureExport,
  type ErasureExtent,
  type ErasureObstacle,
} from "./erasure.record.ts";

/** Shortest name or number that is looked for in the trail, in characters. */
const SHORTEST = 3;

/** Every record of the person, the one that counts and those merged into it. */
export async function recordsOfPerson(
  client: DatabaseClient | Tx,
  patientId: string,
): Promise<string[]> {
  const [row] = await client.$queryRaw<{ ids: string[] }[]>`
    SELECT records_of_person(${patientId}::uuid)::text[] AS "ids"`;
  return row?.ids ?? [];
}

/** What an erasure of these records takes, leaves and stops at, as of now. */
export async function extentOf(
  client: DatabaseClient | Tx,
  records: readonly string[],
): Promise<ErasureExtent> {
  return {
    counts: await countsOf(client, records),
    exports: await exportsOf(client, records),
    obstacles: await obstaclesOf(client, records),
  };
}

async function countsOf(
  client: DatabaseClient | Tx,
  records: readonly string[],
): Promise<ErasureCounts> {
  const [row] = await client.$queryRaw<{ counts: unknown }[]>`
    WITH record AS (SELECT unnest(${[...records]}::uuid[]) AS "id"),
    study AS (SELECT s.* FROM "Study" s
      JOIN record ON record."id" = s."patientId"),
    kase AS (SELECT c.* FROM "Case" c JOIN study ON study."id" = c."studyId"),
    film AS (SELECT i.* FROM "Image" i JOIN study ON study."id" = i."studyId"),
    version AS (SELECT v.* FROM "ReadingVersion" v
      JOIN kase ON kase."id" = v."caseId"),
    event AS (SELECT e."content" FROM "AuditEvent" e
      JOIN record ON record."id" = e."patientId"),
    word AS (
      SELECT p."name" AS "text" FROM "Patient" p JOIN record USING ("id")
      UNION SELECT p."mrn" FROM "Patient" p JOIN record USING ("id")
      UNION SELECT n."value" FROM "PatientIdentifier" n
        JOIN record ON record."id" = n."patientId"
      UNION SELECT unnest(ARRAY[n."family", n."given"]) FROM "PatientName" n
        JOIN record ON record."id" = n."patientId"
      UNION SELECT unnest(ARRAY["studyInstanceUid", "accessionNumber"])
        FROM study)
    SELECT jsonb_build_object(
      'records', (SELECT count(*) FROM "Patient" JOIN record USING ("id")),
      'studies', (SELECT count(*) FROM study),
      'films', (SELECT count(*) FROM film),
      'bytes', (SELECT coalesce(sum(film."bytes"), 0) FROM film),
      'cases', (SELECT count(*) FROM kase),
      'signedCases', (SELECT count(*) FROM kase WHERE kase."state" = 'SIGNED'),
      'readings', (SELECT count(*) FROM "Reading" r
        JOIN kase ON kase."id" = r."caseId"),
      'reports', (SELECT count(*) FROM version)
        + (SELECT count(*) FROM "PreliminaryReport" r
          JOIN kase ON kase."id" = r."caseId"),
      'predictions', (SELECT count(*) FROM "Prediction" p
        JOIN film ON film."id" = p."imageId"),
      'labels', (SELECT count(*) FROM "CaseLabel" l
        JOIN kase ON kase."id" = l."caseId"),
      'comments', (SELECT count(*) FROM "CaseComment" m
        JOIN kase ON kase."id" = m."caseId"),
      'keptTexts', (SELECT count(*) FROM "KeptText" k
        JOIN kase ON kase."id" = k."caseId")
        + (SELECT count(*) FROM "KeptReason" k
          JOIN record ON record."id" = k."patientId"),
      'criticalResults', (SELECT count(*) FROM "CriticalResult" r
        JOIN kase ON kase."id" = r."caseId"),
      'notes', (SELECT count(*) FROM "InboxItem" n
        JOIN kase ON kase."id" = n."caseId"),
      'corrections', (SELECT count(*) FROM "FilmCorrection" c
        WHERE c."imageId" IN (SELECT "id" FROM film)
          OR c."studyId" IN (SELECT "id" FROM study)
          OR c."toStudyId" IN (SELECT "id" FROM study))
        + (SELECT count(*) FROM "StudyCorrection" c
          WHERE c."studyId" IN (SELECT "id" FROM study)
            OR c."fromPatientId" IN (SELECT "id" FROM record)
            OR c."toPatientId" IN (SELECT "id" FROM record)),
      'filmsShared', (SELECT count(*) FROM film WHERE EXISTS (
        SELECT 1 FROM "Image" o WHERE o."sha256" = film."sha256"
          AND o."siteId" <> film."siteId")),
      'events', (SELECT count(*) FROM event),
      'eventsNaming', (SELECT count(*) FROM event WHERE EXISTS (
        SELECT 1 FROM word WHERE length(word."text") >= ${SHORTEST}
          AND strpos(event."content", word."text") > 0))
    ) AS "counts"`;
  return erasureCounts.parse(row?.counts);
}

async function exportsOf(
  client: DatabaseClient | Tx,
  records: readonly string[],
): Promise<ErasureExport[]> {
  const rows = await client.$queryRaw<ErasureExport[]>`
    SELECT d."id"::text AS "datasetId", d."name", held."films",
      d."objectKey" IS NOT NULL AS "hadFile", d."sha256",
      (SELECT count(*)::int FROM "AuditEvent" e
        WHERE e."subjectId" = d."id"::text
          AND e."type" = 'dataset.downloaded') AS "downloads",
      ARRAY(SELECT DISTINCT m."name" FROM "TrainingRun" r
        JOIN "ModelVersion" m ON m."id" = r."candidateId"
        WHERE r."datasetId" = d."id" ORDER BY m."name") AS "models"
    FROM (
      SELECT m."datasetId", count(*)::int AS "films" FROM (
        -- From his studies on, each way by its index: one condition for both
        -- walks through the members of every export.
        SELECT m."datasetId", m."caseId", m."imageId" FROM "Study" s
        JOIN "Image" i ON i."studyId" = s."id"
        JOIN "DatasetMember" m ON m."imageId" = i."id"
        WHERE s."patientId" = ANY (${[...records]}::uuid[])
        UNION
        SELECT m."datasetId", m."caseId", m."imageId" FROM "Study" s
        JOIN "Case" c ON c."studyId" = s."id"
        JOIN "DatasetMember" m ON m."caseId" = c."id"
        WHERE s."patientId" = ANY (${[...records]}::uuid[])) m
      GROUP BY m."datasetId") held
    JOIN "Dataset" d ON d."id" = held."datasetId"
    ORDER BY d."id" DESC`;
  return erasureExports.parse(rows);
}

async function obstaclesOf(
  client: DatabaseClient | Tx,
  records: readonly string[],
): Promise<ErasureObstacle[]> {
  const patientId = { in: [...records] };
  const held = {
    OR: [
      { members: { some: { case: { patientId } } } },
      { members: { some: { image: { study: { patientId } } } } },
    ],
  };
  const [reading, critical, exporting, training] = await Promise.all([
    client.case.count({
      where: {
        patientId,
        OR: [
          { state: "READING" },
          { secondRead: { in: ["SECOND_READING", "ADJUDICATION_READING"] } },
        ],
      },
    }),
    client.criticalResult.count({
      where: { case: { patientId }, state: { in: ["OPEN", "TOLD"] } },
    }),
    client.dataset.count({
      where: { state: { in: ["QUEUED", "RUNNING"] }, ...held },
    }),
    client.trainingRun.count({
      where: {
        state: { in: ["QUEUED", "RUNNING", "PAUSED"] },
        dataset: held,
      },
    }),
  ]);
  const found: [ErasureObstacle, number][] = [
    ["being-read", reading],
    ["critical-open", critical],
    ["export-running", exporting],
    ["training-running", training],
  ];
  return found.flatMap(([obstacle, count]) => (count > 0 ? [obstacle] : []));
}

/** The words and numbers by which a reason would tell who it is about. */
export async function namesOfPerson(
  client: DatabaseClient | Tx,
  records: readonly string[],
): Promise<{ names: string[]; numbers: string[] }> {
  const id = { in: [...records] };
  const [patients, identifiers, studies] = await Promise.all([
    client.patient.findMany({ where: { id } }),
    client.patientIdentifier.findMany({ where: { patientId: id } }),
    client.study.findMany({
      where: { patientId: id },
      select: { accessionNumber: true, studyInstanceUid: true },
    }),
  ]);
  const numbers = [
    ...patients.map(({ mrn }) => mrn),
    ...identifiers.map(({ value }) => value),
    ...studies.flatMap((study) => [
      study.accessionNumber,
      study.studyInstanceUid,
    ]),
  ];
  return {
    names: patients.map(({ name }) => name),
    numbers: numbers.filter((number) => number !== null),
  };
}
