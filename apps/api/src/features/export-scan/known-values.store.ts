import type { DatabaseClient } from "@lung-iris/prisma";
import { Prisma } from "@lung-iris/prisma";
import type { ExportModels } from "./cell-rules.ts";
import type { KnownValues } from "./known-values.ts";

/** Cases in memory at a time. */
const PAGE = 500;

/** All that is kept of the people in a dataset; words of reports too. */
const PERSONAL = {
  id: true,
  patient: { include: { names: true, identifiers: true } },
  images: true,
  series: true,
  case: {
    include: {
      readings: {
        include: {
          reader: true,
          versions: { select: { comment: true, report: true } },
        },
      },
    },
  },
  studyInstanceUid: true,
  accessionNumber: true,
  description: true,
  clinicalNote: true,
  referringPhysician: true,
  requestedProcedure: true,
  ward: true,
  studyDate: true,
} satisfies Prisma.StudySelect;
type Personal = Prisma.StudyGetPayload<{ select: typeof PERSONAL }>;

/** Takes in what the database knows of the cases of a dataset. */
export async function learnValues(
  client: DatabaseClient,
  datasetId: string,
  known: KnownValues,
): Promise<void> {
  const { site, createdBy } = await client.dataset.findUniqueOrThrow({
    where: { id: datasetId },
    include: { site: true, createdBy: true },
  });
  known.add("INTERNAL_ID", site.id);
  known.add("PLACE", site.name);
  known.add("PLACE", site.code);
  known.add("INTERNAL_ID", datasetId);
  addPerson(known, createdBy);
  let after: string | null = null;
  for (;;) {
    const page: Personal[] = await client.study.findMany({
      where: {
        case: { memberships: { some: { datasetId } } },
        ...(after === null ? {} : { id: { gt: after } }),
      },
      orderBy: { id: "asc" },
      take: PAGE,
      select: PERSONAL,
    });
    for (const study of page) addStudy(known, study);
    after = page.at(-1)?.id ?? null;
    if (page.length < PAGE || after === null) return;
  }
}

function addPerson(
  known: KnownValues,
  { id, name, email }: { id: string; name: string; email: string },
): void {
  known.add("INTERNAL_ID", id);
  known.add("ACCOUNT", email);
  known.addName(name.split(/[\s,.]+/));
}

function addStudy(known: KnownValues, study: Personal): void {
  addPatient(known, study.patient);
  known.add("INTERNAL_ID", study.id);
  known.add("UID", study.studyInstanceUid);
  known.add("ACCESSION_NUMBER", study.accessionNumber);
  known.addDay(study.studyDate);
  for (const words of [
    study.description,
    study.clinicalNote,
    study.requestedProcedure,
  ])
    known.addText(words);
  known.add("PLACE", study.ward);
  if (study.referringPhysician !== null)
    known.addName(study.referringPhysician.split(/[\s^,.]+/));
  for (const series of study.series) {
    known.add("UID", series.seriesInstanceUid);
    known.addText(series.description);
    known.add("PLACE", series.station);
    known.add("PLACE", series.institution);
  }
  for (const image of study.images) {
    known.add("INTERNAL_ID", image.id);
    known.add("UID", image.sopInstanceUid);
    known.add("CHECKSUM", image.sha256);
    known.add("FILE_NAME", image.originalName);
  }
  if (study.case === null) return;
  known.add("INTERNAL_ID", study.case.id);
  for (const { reader, versions } of study.case.readings) {
    addPerson(known, reader);
    for (const { comment, report } of versions) {
      known.addText(comment);
      for (const text of textsIn(report)) known.addText(text);
    }
  }
}

/** Every text of a report, however it is built. */
function textsIn(json: Prisma.JsonValue): string[] {
  if (typeof json === "string") return [json];
  if (typeof json !== "object" || json === null) return [];
  return Object.values(json).flatMap((part) =>
    part === undefined ? [] : textsIn(part),
  );
}

function addPatient(known: KnownValues, patient: Personal["patient"]): void {
  known.add("INTERNAL_ID", patient.id);
  known.add("RECORD_NUMBER", patient.mrn);
  known.addDay(patient.birthDate);
  known.addName(patient.name.split(/[\s,]+/));
  for (const { family, given, middle } of patient.names)
    known.addName([family, middle, given].filter((part) => part !== ""));
  for (const { value } of patient.identifiers)
    known.add("RECORD_NUMBER", value);
}

/** Names and seals of the models that looked at films of a dataset. */
export function modelsOf(
  client: DatabaseClient,
  datasetId: string,
): Promise<ExportModels> {
  return client.modelVersion.findMany({
    where: {
      predictions: {
        some: { image: { memberships: { some: { datasetId } } } },
      },
    },
    select: { name: true, sha256: true },
  });
}
