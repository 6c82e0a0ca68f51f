import { Prisma } from "@lung-iris/prisma";
import type { DatabaseClient, DatasetMember, Tx } from "@lung-iris/prisma";
import {
  QUALITY_NOTES,
  type DatasetCounts,
  type StoredDatasetFilter,
} from "../dataset-files/dataset-filter.ts";
import type { StoredDatasetFormat } from "../dataset-files/dataset-format.ts";
import { lettersIn } from "../dataset-files/export-film.ts";

/** Patients from whom nothing is to be learnt are in no choice. */
const MAY_BE_LEARNT_FROM = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "LearningWithdrawal" w
  WHERE w."patientId" = d."patientId" AND w."liftedAt" IS NULL)`;

/**
 * Whether a row `d` of `DatasetChoice` is of a case that the filter takes, signed
 * at `until` or before: the one place that says what a choice takes, for the
 * count and for the members.
 */
function isChosen(filter: StoredDatasetFilter, until: Date): Prisma.Sql {
  const { siteId, signedAfter, signedBefore, modelVersionId } = filter;
  const { finding, agreement, ageFrom, ageTo } = filter;
  const wanted = [
    Prisma.sql`d."siteId" = ${siteId}::uuid`,
    Prisma.sql`d."signedAt" <= ${until}::timestamptz`,
    MAY_BE_LEARNT_FROM,
    inList(Prisma.sql`d."label"`, filter.labels, Prisma.sql`"Label"`),
    inList(Prisma.sql`d."grade"`, filter.grades, Prisma.sql`"LabelGrade"`),
    inList(Prisma.sql`d."sex"`, filter.sexes, Prisma.sql`"Sex"`),
    inList(Prisma.sql`d."viewPosition"`, filter.views, Prisma.sql`text`),
    inList(Prisma.sql`d."readerId"`, filter.readers, Prisma.sql`uuid`),
  ];
  if (signedAfter !== null)
    wanted.push(
      Prisma.sql`d."signedAt" >= ${new Date(signedAfter)}::timestamptz`,
    );
  if (signedBefore !== null)
    wanted.push(
      Prisma.sql`d."signedAt" < ${new Date(signedBefore)}::timestamptz`,
    );
  if (finding !== null)
    wanted.push(Prisma.sql`${finding}::text = ANY (d."present")`);
  if (agreement !== null)
    wanted.push(Prisma.sql`d."agreesWithAi" = ${agreement}::boolean`);
  // By what readers were shown, whatever else looked at the films.
  if (modelVersionId !== null)
    wanted.push(Prisma.sql`d."modelVersionId" = ${modelVersionId}::uuid`);
  if (ageFrom !== null)
    wanted.push(Prisma.sql`d."ageYears" >= ${ageFrom}::float8`);
  // Somebody of 17.9 years is 17.
  if (ageTo !== null)
    wanted.push(Prisma.sql`d."ageYears" < ${ageTo + 1}::float8`);
  if (filter.withoutNotes === true)
    wanted.push(Prisma.sql`d."films" > d."notedFilms"`);
  return Prisma.join(wanted, " AND ");
}

/** An empty list means all, as none does. */
function inList(
  column: Prisma.Sql,
  wanted: readonly string[] | null,
  type: Prisma.Sql,
): Prisma.Sql {
  if (wanted === null || wanted.length === 0) return Prisma.sql`true`;
  return Prisma.sql`${column} = ANY (${[...wanted]}::text[]::${type}[])`;
}

/** How many films of each kind, of those that the filter takes. */
function filmCounts({ withoutNotes }: StoredDatasetFilter) {
  return withoutNotes === true
    ? {
        films: Prisma.sql`d."films" - d."notedFilms"`,
        burntIn: Prisma.sql`d."burntIn" - d."notedBurntIn"`,
        withText: Prisma.sql`d."withText" - d."notedWithText"`,
      }
    : {
        films: Prisma.sql`d."films"`,
        burntIn: Prisma.sql`d."burntIn"`,
        withText: Prisma.sql`d."withText"`,
      };
}

/** How many cases and films a filter takes. */
export async function countCases(
  client: DatabaseClient | Tx,
  filter: StoredDatasetFilter,
  until: Date,
): Promise<DatasetCounts> {
  const { films, burntIn, withText } = filmCounts(filter);
  const [counts] = await client.$queryRaw<DatasetCounts[]>`
    /* dataset counts */ SELECT count(*)::int AS "cases",
      coalesce(sum(${films}), 0)::int - coalesce(sum(${burntIn}), 0)::int
        - coalesce(sum(${withText}), 0)::int AS "films",
      count(*) FILTER (WHERE d."label" = 'NORMAL')::int AS "normal",
      count(*) FILTER (WHERE d."label" = 'PNEUMONIA')::int AS "pneumonia",
      count(*) FILTER (WHERE d."label" = 'OTHER')::int AS "other",
      count(*) FILTER (WHERE d."agreesWithAi")::int AS "agreed",
      count(*) FILTER (WHERE NOT d."agreesWithAi")::int AS "overridden",
      count(*) FILTER (WHERE d."changedMind")::int AS "changedMind",
      count(*) FILTER (WHERE d."grade" = 'ADJUDICATED')::int AS "adjudicated",
      count(*) FILTER (WHERE d."grade" = 'TWO_AGREE')::int AS "twoAgree",
      count(*) FILTER (WHERE d."grade" = 'ONE_BLIND')::int AS "oneBlind",
      count(*) FILTER (WHERE d."grade" = 'ONE_AFTER_AI')::int AS "oneAfterAi",
      coalesce(sum(${burntIn}), 0)::int AS "burntIn",
      coalesce(sum(${withText}), 0)::int AS "withText"
    FROM "DatasetChoice" d WHERE ${isChosen(filter, until)}`;
  if (counts === undefined) throw new Error("a count without a row");
  return counts;
}

/** A film that a choice takes, with its patient, before it is a member. */
export type ChosenFilm = Pick<
  DatasetMember,
  "caseId" | "imageId" | "labelId"
> & {
  patientId: string;
};

/** Cases that are chosen at a time. */
const CHOICE_PAGE = 2_000;

/**
 * Every film that a filter takes, and how many are left out as letters are in
 * them; those whose letters can be blanked are taken where that is chosen.
 */
export async function chooseFilms(
  client: DatabaseClient,
  filter: StoredDatasetFilter,
  { pictureText }: Pick<StoredDatasetFormat, "pictureText">,
  until: Date,
): Promise<{ films: ChosenFilm[]; leftOut: number }> {
  const films: ChosenFilm[] = [];
  let leftOut = 0;
  let after: string | null = null;
  for (;;) {
    const cases = await chosenCases(client, filter, until, after);
    for (const film of await filmsOf(client, filter, cases)) {
      const { warnings, ...chosen } = film;
      const letters = lettersIn({ warnings });
      if (letters === null || (letters === "found" && pictureText === "BLANK"))
        films.push(chosen);
      else leftOut += 1;
    }
    const last = cases.at(-1);
    if (last === undefined || cases.length < CHOICE_PAGE)
      return { films, leftOut };
    after = last;
  }
}

async function chosenCases(
  client: DatabaseClient,
  filter: StoredDatasetFilter,
  until: Date,
  after: string | null,
): Promise<string[]> {
  const rows = await client.$queryRaw<{ caseId: string }[]>`
    SELECT d."caseId"::text AS "caseId" FROM "DatasetChoice" d
    WHERE ${isChosen(filter, until)}
      AND (${after}::uuid IS NULL OR d."caseId" > ${after}::uuid)
    ORDER BY d."caseId" LIMIT ${CHOICE_PAGE}`;
  return rows.map(({ caseId }) => caseId);
}

/** Without those whose label ended since: the case is being opened again. */
function filmsOf(
  client: DatabaseClient,
  { withoutNotes }: StoredDatasetFilter,
  cases: readonly string[],
): Promise<(ChosenFilm & { warnings: string[] })[]> {
  const notes = withoutNotes === true ? [...QUALITY_NOTES] : [];
  return client.$queryRaw<(ChosenFilm & { warnings: string[] })[]>`
    SELECT l."caseId"::text AS "caseId", i."id"::text AS "imageId",
      l."id"::text AS "labelId", s."patientId"::text AS "patientId",
      i."warnings"
    FROM "CaseLabel" l
    JOIN "Case" c ON c."id" = l."caseId"
    JOIN "Study" s ON s."id" = c."studyId"
    JOIN "Image" i ON i."studyId" = s."id" AND i."removedAt" IS NULL
    WHERE l."caseId" = ANY (${[...cases]}::uuid[]) AND l."until" IS NULL
      AND NOT coalesce(i."warnings", '{}') && ${notes}::text[]
    ORDER BY l."caseId", i."id"`;
}
