import type {
  Case,
  DatabaseClient,
  Image,
  Patient,
  Prisma,
  Reading,
  ReadingVersion,
  Study,
  Tx,
  User,
} from "@lung-iris/prisma";
import DataLoader from "dataloader";
import { visibleCases } from "../../access/scope.ts";
import { BY_ID, ScopedRows } from "../../access/scoped-rows.ts";
import type { ListedCase, Stamp } from "../../access/scoped-rows.ts";
import type { Viewer } from "../../access/viewer.ts";
import { groupsOf, rowsById } from "../../platform/loader.ts";
import type { RowLoader } from "../../platform/loader.ts";
import { oldestFilmFirst } from "../patients/study.loader.ts";

/** The viewer's cases, by their own id and by that of their study. */
export function caseLoaders(
  client: DatabaseClient,
  viewer: Viewer,
  rows: ScopedRows,
) {
  return {
    cases: rowsById((ids) => rows.read("Case", BY_ID, ids)),
    /** The case of a study; there is at most one. */
    caseOfStudy: new DataLoader<string, Case | null>(async (studyIds) => {
      const rows = await client.case.findMany({
        where: {
          AND: [visibleCases(viewer), { studyId: { in: [...studyIds] } }],
        },
      });
      const byStudy = new Map(rows.map((row) => [row.studyId, row]));
      return studyIds.map((id) => byStudy.get(id) ?? null);
    }),
  };
}

/** Cases by id that the viewer may see, in the order of the ids. */
export async function findCasesById(
  client: DatabaseClient,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, Case>> {
  const rows = await new ScopedRows(client, viewer).read("Case", BY_ID, ids);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    ids.flatMap((id) => {
      const row = byId.get(id);
      return row === undefined ? [] : [[id, row] as const];
    }),
  );
}

/** The cases of a list by id, in its order. */
export async function casesOf(
  rows: ScopedRows,
  listed: readonly ListedCase[],
): Promise<Map<string, Case>> {
  const cases = await rows.readStamped("Case", listed);
  const byId = new Map(cases.map((row) => [row.id, row]));
  return new Map(
    listed.flatMap(({ id }) => {
      const row = byId.get(id);
      return row === undefined ? [] : [[id, row] as const];
    }),
  );
}

type BesideName = "patient" | "study" | "films" | "people";

/** Where what stands beside a case on a list is looked up. */
interface BesideCase {
  rows: ScopedRows;
  patients: RowLoader<Patient | null>;
  studies: RowLoader<Study | null>;
  imagesOfStudy: RowLoader<Image[]>;
  users: RowLoader<Omit<User, "passwordHash"> | null>;
}

/**
 * Reads what a list shows beside its cases: patients, studies with their
 * films, and who is to read or reads them. What of it the viewer may know, the
 * fields say.
 */
export async function loadBeside(
  loaders: BesideCase,
  listed: readonly ListedCase[],
): Promise<void> {
  const stampsOf = (name: BesideName): Stamp[] => {
    const stamps = listed.flatMap((one) => one[name]);
    return [...new Map(stamps.map((one) => [one.id, one])).values()];
  };
  const { rows } = loaders;
  const [patients, studies, films, users] = await Promise.all([
    rows.readStamped("Patient", stampsOf("patient")),
    rows.readStamped("Study", stampsOf("study")),
    rows.readStamped("Image", stampsOf("films")),
    rows.readStamped("User", stampsOf("people")),
  ]);
  for (const row of patients) loaders.patients.know(row.id, row);
  for (const row of studies) loaders.studies.know(row.id, row);
  for (const row of users) loaders.users.know(row.id, row);
  const ids = studies.map(({ id }) => id);
  films.sort(oldestFilmFirst);
  for (const [id, own] of groupsOf(ids, films, ({ studyId }) => studyId))
    loaders.imagesOfStudy.know(id, own);
}

/** Somebody who may be given cases of the site to read. */
export function findReader(
  client: DatabaseClient | Tx,
  userId: string,
  siteId: string,
  where: Prisma.UserWhereInput,
) {
  return client.user.findFirst({
    where: { AND: [where, { id: userId, sites: { some: { siteId } } }] },
  });
}

/** Ids of the films of a study, in the order in which they came in. */
export async function imageIdsOfStudy(
  tx: Tx,
  studyId: string,
): Promise<string[]> {
  const images = await tx.image.findMany({
    where: { studyId, removedAt: null },
    select: { id: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return images.map(({ id }) => id);
}

/** The newest signed version of a case at a stage, or null. */
export function newestVersion(
  client: DatabaseClient | Tx,
  caseId: string,
  stage: Reading["stage"],
): Promise<ReadingVersion | null> {
  return client.readingVersion.findFirst({
    where: { caseId, reading: { stage } },
    orderBy: [{ signedAt: "desc" }, { id: "desc" }],
  });
}
