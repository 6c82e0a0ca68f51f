/** Cases of all kinds by a seed, and what a choice of them holds, the long way. */
import { randomUUID } from "node:crypto";
import type { FilmWarning } from "@lung-iris/inference";
import type {
  DatabaseClient,
  Label,
  LabelGrade,
  Prisma,
  Sex,
  Tx,
} from "@lung-iris/prisma";
import type { ChosenFilm } from "../../../apps/api/src/features/datasets/dataset-choice.ts";
import {
  QUALITY_NOTES,
  type DatasetCounts,
  type StoredDatasetFilter,
} from "../../../apps/api/src/features/dataset-files/dataset-filter.ts";
import { lettersIn } from "../../../apps/api/src/features/dataset-files/export-film.ts";
import { aCase } from "../../testkit/scenario.ts";
import type { TestServer } from "../../testkit/server.ts";

export const GRADES: readonly LabelGrade[] = [
  "ADJUDICATED",
  "TWO_AGREE",
  "ONE_BLIND",
  "ONE_AFTER_AI",
];
const DAY_MS = 86_400_000;

export type Dice = <Value>(values: readonly [Value, ...Value[]]) => Value;

/** The same throws for the same seed. */
export function dice(seed: number): Dice {
  let state = seed;
  return (values) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return values[Math.floor((state / 2 ** 32) * values.length)] ?? values[0];
  };
}

/** Every note that a film can have: the compiler knows of none beside. */
const NOTES = Object.keys({
  "photometric-tag-contradicts-pixels": true,
  "modality-overruled": true,
  "colour-converted-to-grey": true,
  "several-frames-first-used": true,
  "damaged-picture": true,
  "damage-would-not-show": true,
  "burned-in-annotation": true,
  "text-in-picture": true,
  "age-contradicts-birth-date": true,
  "overlay-planes": true,
  "overlay-left-out": true,
  "pixels-made-square": true,
  "header-repaired": true,
} satisfies Record<FilmWarning, true>) as [string, ...string[]];

/** Notes of a film: none mostly, else one or two, letters more often. */
function notes(roll: Dice): string[] {
  const one = () =>
    roll([
      roll(["burned-in-annotation", "modality-overruled", "text-in-picture"]),
      roll(NOTES),
    ]);
  return roll([[], [], [one()], [one(), one()]]);
}

/** A case, signed mostly, with one to three films; everything by the dice. */
export async function anyCase(
  server: TestServer,
  site: { siteId: string; readers: readonly [string, ...string[]] },
  roll: Dice,
): Promise<{ caseId: string; studyId: string; patientId: string }> {
  const { client } = server.database;
  const { siteId, readers } = site;
  const at = new Date(
    server.clock.now().getTime() - roll([0, 1, 5, 30, 400]) * DAY_MS,
  );
  const isSigned = roll([true, true, true, true, true, false]);
  const label = roll<Label>(["NORMAL", "PNEUMONIA", "OTHER"]);
  const builder = aCase(server, siteId);
  const made = await roll([builder.assessed(0.8), builder])
    .with({
      state: isSigned ? "SIGNED" : roll(["WAITING", "READING"]),
      decidedLabel: roll<Label>([label, label, label, "NOT_DIAGNOSTIC"]),
      agreesWithAi: roll([true, false, null]),
      signedAt: isSigned ? at : null,
    })
    .create();
  const { study, patient, image } = made;
  const caseId = made.case.id;
  await client.study.update({
    where: { id: study.id },
    data: {
      patientAgeYears: roll([null, 0.5, 4, 17.9, 18, 64.99, 80]),
      viewPosition: roll([null, "PA", "AP", "LATERAL"]),
    },
  });
  await client.patient.update({
    where: { id: patient.id },
    data: { sex: roll<Sex>(["FEMALE", "MALE", "OTHER", "UNKNOWN"]) },
  });
  await client.image.update({
    where: { id: image.id },
    data: { warnings: notes(roll) },
  });
  for (let more = roll([0, 0, 1, 2]); more > 0; more -= 1) {
    await client.image.create({
      data: {
        ...image,
        id: randomUUID(),
        sha256: `more-${String(more)}${image.sha256.slice(6)}`,
        warnings: notes(roll),
        removedAt: roll([null, null, at]),
      },
    });
  }
  const { id: readingId } = await client.reading.create({
    data: {
      ...{ siteId, caseId, readerId: roll(readers), startedAt: at },
      state: "SIGNED",
      // Both ways: as it was signed, and another.
      opinion: roll<Label | null>([null, label, "NORMAL", "PNEUMONIA"]),
    },
  });
  const of = { siteId, caseId, readingId };
  const now = server.clock.now();
  if (isSigned) await aLabel({ client, now }, of, label, roll);
  return { caseId, studyId: study.id, patientId: patient.id };
}

/** What was signed once more, and the label of it; one before ends. */
export async function aLabel(
  { client, now }: { client: DatabaseClient | Tx; now: Date },
  of: { siteId: string; caseId: string; readingId: string },
  label: Label,
  roll: Dice,
): Promise<void> {
  const { siteId, caseId, readingId } = of;
  const { readerId } = await client.reading.findUniqueOrThrow({
    where: { id: readingId },
  });
  const before = await client.caseLabel.count({ where: { caseId } });
  await client.caseLabel.updateMany({
    where: { caseId, until: null },
    data: { until: now },
  });
  const { id: readingVersionId } = await client.readingVersion.create({
    data: {
      ...{ siteId, caseId, readingId, readerId, label },
      version: before + 1,
      decision: "INDEPENDENT",
      signedAt: now,
    },
  });
  await client.caseLabel.create({
    data: {
      ...{ siteId, caseId, readingVersionId, label },
      version: before + 1,
      grade: roll(GRADES as [LabelGrade, ...LabelGrade[]]),
      present: roll([[], ["pneumonia"], ["effusion", "pneumonia"]]),
      since: now,
    },
  });
}

const EVERYTHING = {
  labels: {
    where: { until: null },
    include: { readingVersion: { include: { reading: true } } },
  },
  study: {
    include: { images: true, patient: { include: { withdrawals: true } } },
  },
  shown: true,
} satisfies Prisma.CaseInclude;
type Everything = Prisma.CaseGetPayload<{ include: typeof EVERYTHING }>;

/** Row by row, by the words of the filter and no query of theirs. */
export async function countedByHand(
  server: TestServer,
  filter: StoredDatasetFilter,
): Promise<{ counts: DatasetCounts; films: ChosenFilm[] }> {
  const rows = await server.database.client.case.findMany({
    include: EVERYTHING,
  });
  const films: ChosenFilm[] = [];
  const chosen = rows.flatMap((row) => {
    const [label] = row.labels;
    const shown = imagesOf(row, filter);
    if (label === undefined || shown.length === 0) return [];
    if (!isTaken(row, label, filter, server.clock.now())) return [];
    for (const image of shown)
      if (lettersIn(image) === null)
        films.push({
          caseId: row.id,
          imageId: image.id,
          labelId: label.id,
          patientId: row.study.patientId,
        });
    return [{ row, label, shown }];
  });
  const many = (accepts: (one: (typeof chosen)[number]) => boolean) =>
    chosen.filter(accepts).length;
  const letters = (wanted: ReturnType<typeof lettersIn>) =>
    chosen
      .flatMap(({ shown }) => shown)
      .filter((image) => lettersIn(image) === wanted).length;
  const counts = {
    cases: chosen.length,
    films: letters(null),
    normal: many(({ label }) => label.label === "NORMAL"),
    pneumonia: many(({ label }) => label.label === "PNEUMONIA"),
    other: many(({ label }) => label.label === "OTHER"),
    agreed: many(({ row }) => row.agreesWithAi === true),
    overridden: many(({ row }) => row.agreesWithAi === false),
    changedMind: many(({ label }) => {
      const { opinion } = label.readingVersion.reading;
      return opinion !== null && opinion !== label.label;
    }),
    adjudicated: many(({ label }) => label.grade === "ADJUDICATED"),
    twoAgree: many(({ label }) => label.grade === "TWO_AGREE"),
    oneBlind: many(({ label }) => label.grade === "ONE_BLIND"),
    oneAfterAi: many(({ label }) => label.grade === "ONE_AFTER_AI"),
    burntIn: letters("said"),
    withText: letters("found"),
  };
  return { counts, films };
}

function imagesOf(
  { study }: Everything,
  { withoutNotes }: StoredDatasetFilter,
) {
  return study.images.filter(
    ({ removedAt, warnings }) =>
      removedAt === null &&
      !(
        withoutNotes === true &&
        QUALITY_NOTES.some((note) => warnings.includes(note))
      ),
  );
}

function isTaken(
  row: Everything,
  label: Everything["labels"][number],
  filter: StoredDatasetFilter,
  now: Date,
): boolean {
  const { signedAt, study, shown } = row;
  const age = study.patientAgeYears;
  return (
    row.siteId === filter.siteId &&
    row.state === "SIGNED" &&
    signedAt !== null &&
    signedAt <= now &&
    (filter.signedAfter === null || signedAt >= new Date(filter.signedAfter)) &&
    (filter.signedBefore === null ||
      signedAt < new Date(filter.signedBefore)) &&
    row.decidedLabel !== null &&
    row.decidedLabel !== "NOT_DIAGNOSTIC" &&
    study.patient.withdrawals.every(({ liftedAt }) => liftedAt !== null) &&
    isIn(filter.labels, label.label) &&
    isIn(filter.grades, label.grade) &&
    isIn(filter.sexes, study.patient.sex) &&
    isIn(filter.views, study.viewPosition) &&
    isIn(filter.readers, label.readingVersion.readerId) &&
    (filter.finding === null || label.present.includes(filter.finding)) &&
    (filter.agreement === null || row.agreesWithAi === filter.agreement) &&
    (filter.modelVersionId === null ||
      shown?.modelVersionId === filter.modelVersionId) &&
    (filter.ageFrom === null || (age !== null && age >= filter.ageFrom)) &&
    (filter.ageTo === null || (age !== null && Math.floor(age) <= filter.ageTo))
  );
}

/** No list and an empty one take all. */
function isIn(wanted: readonly string[] | null, value: string | null): boolean {
  if (wanted === null || wanted.length === 0) return true;
  return value !== null && wanted.includes(value);
}
