import { Prisma } from "@lung-iris/prisma";
import {
  isOpenSecondRead,
  cannotReadFurther,
} from "../blindness/second-read.reads.ts";
import type { Bucket } from "./worklist.buckets.ts";
import type { WorklistSort } from "./worklist.order.ts";
import { FLAGGED_FROM, VIEW_AND_AGE } from "./worklist.traits.ts";

/** A page's conditions after scope and filter are resolved. */
export interface WorklistQuery {
  siteIds: readonly string[];
  buckets: readonly Bucket[];
  sort: WorklistSort;
  assigneeId: string | null;
  /** Only what waits for this pool and for nobody of it by name. */
  poolId: string | null;
  claimedById: string | null;
  /** Who reads it, or has signed what stands; null for anybody. */
  readById: string | null;
  /** Views and ages as worklist.traits.ts numbers them; null for any. */
  traits: readonly number[] | null;
  /** Bits of flags, one of which a case must have; null for any. */
  flags: number | null;
  /** Only cases of which a report was given out that is not signed. */
  isPreliminary: boolean;
  /** Only cases with a critical result that nobody has read back. */
  hasOpenCritical: boolean;
  /** Whether another film is asked for and has not come; null: either. */
  awaitsRetake: boolean | null;
  /** Only cases whose patient is unknown or has yet to be checked. */
  identityUnresolved: boolean;
  /**
   * Only what waits for a second or third reader, or is read so: for a reader,
   * by id, what he may read himself, for "any" everybody's. Null: whatever.
   */
  secondReadsOf: string | null;
  /**
   * A reader from whom what was signed of some cases is kept: these are left
   * out, because what the list is asked for would tell it. Null for nobody.
   */
  withoutKeptFrom: string | null;
  /** Only these; null for any. */
  caseIds: readonly string[] | null;
  arrivedAfter: Date | null;
  arrivedBefore: Date | null;
  /** These times hold so few cases that all of them are soon looked at. */
  isBrief: boolean;
  /** When waiting is told from waiting too long. */
  asOf: Date;
  /**
   * What waits too long at each site: arrivals up to a time, class by class,
   * the sickest first. None at a site that is not named.
   */
  overdue: ReadonlyMap<string, readonly Date[]>;
  /** Folded words that all must occur. */
  words: readonly string[];
}

/** Nothing of any site; what a list is not asked for stays so. */
export const EMPTY_QUERY: WorklistQuery = {
  siteIds: [],
  buckets: [],
  sort: "ARRIVED_OLDEST",
  assigneeId: null,
  poolId: null,
  claimedById: null,
  readById: null,
  traits: null,
  flags: null,
  isPreliminary: false,
  hasOpenCritical: false,
  awaitsRetake: null,
  identityUnresolved: false,
  secondReadsOf: null,
  withoutKeptFrom: null,
  caseIds: null,
  arrivedAfter: null,
  arrivedBefore: null,
  isBrief: false,
  asOf: new Date(0),
  overdue: new Map(),
  words: [],
};

/** What a row `c` of "Case" must meet, besides its bucket. */
export function conditions(
  query: WorklistQuery,
  words = wordConditions(query.words),
): Prisma.Sql {
  const { assigneeId, claimedById, arrivedAfter, arrivedBefore } = query;
  const { awaitsRetake } = query;
  // Holds for every row, and lets the planner use the covering indexes.
  const all = [Prisma.sql`c."worklistBucket" >= 0`, words];
  if (assigneeId !== null)
    all.push(Prisma.sql`c."assigneeId" = ${assigneeId}::uuid`);
  if (query.poolId !== null)
    all.push(Prisma.sql`c."poolId" = ${query.poolId}::uuid
      AND c."assigneeId" IS NULL`);
  if (claimedById !== null)
    all.push(Prisma.sql`(c."claimedById" = ${claimedById}::uuid
      OR c."secondReaderId" = ${claimedById}::uuid)`);
  if (query.readById !== null)
    all.push(Prisma.sql`c."readById" = ${query.readById}::uuid`);
  if (hasTraits(query)) all.push(traitCondition(query));
  // As it stands in the partial index "Case_preliminary".
  if (query.isPreliminary) all.push(Prisma.sql`c."preliminaryAt" IS NOT NULL`);
  if (query.hasOpenCritical)
    // As it stands in the partial index "CriticalResult_open".
    all.push(Prisma.sql`c."id" IN (
      SELECT k."caseId" FROM "CriticalResult" k
      WHERE k."siteId" = ANY (${[...query.siteIds]}::uuid[])
        AND k."state" IN ('OPEN', 'TOLD'))`);
  // As it stands in the partial index "Case_retakes".
  const retake = Prisma.sql`c."retakeAskedAt" IS NOT NULL
    AND c."retakeDoneAt" IS NULL`;
  if (awaitsRetake === true) all.push(retake);
  if (awaitsRetake === false) all.push(Prisma.sql`NOT (${retake})`);
  if (query.secondReadsOf !== null) all.push(isOpenSecondRead);
  if (query.secondReadsOf !== null && query.secondReadsOf !== "any")
    all.push(Prisma.sql`NOT ${cannotReadFurther(query.secondReadsOf)}`);
  if (query.withoutKeptFrom !== null)
    all.push(Prisma.sql`NOT (c."secondRead" IS NOT NULL AND ${isOpenSecondRead}
      AND NOT ${cannotReadFurther(query.withoutKeptFrom)})`);
  if (query.caseIds !== null)
    all.push(Prisma.sql`c."id" = ANY (${[...query.caseIds]}::uuid[])`);
  if (query.identityUnresolved)
    // As it stands in the partial index "Patient_unresolved".
    all.push(Prisma.sql`c."patientId" IN (
      SELECT p."id" FROM "Patient" p
      WHERE p."siteId" = ANY (${[...query.siteIds]}::uuid[])
        AND p."identityState" <> 'KNOWN')`);
  if (arrivedAfter !== null)
    all.push(Prisma.sql`c."arrivedAt" >= ${arrivedAfter}`);
  if (arrivedBefore !== null)
    all.push(Prisma.sql`c."arrivedAt" < ${arrivedBefore}`);
  return Prisma.join(all, " AND ");
}

type Traits = Pick<WorklistQuery, "traits" | "flags">;

/** Whether anything is asked of film and patient. */
export function hasTraits({ traits, flags }: Traits): boolean {
  return traits !== null || flags !== null;
}

/** Whether film and patient are as asked for. */
export function traitCondition({ traits, flags }: Traits): Prisma.Sql {
  const all = [Prisma.sql`TRUE`];
  // As it stands in the index "Case_traits".
  if (traits !== null)
    all.push(Prisma.sql`(c."worklistTraits" & ${VIEW_AND_AGE_SQL})
      = ANY (${[...traits]}::int[])`);
  if (flags !== null) all.push(isFlagged, flagCondition(flags));
  return Prisma.join(all, " AND ");
}

// Written out, as in the indexes: a parameter would keep them shut.
const VIEW_AND_AGE_SQL = Prisma.raw(String(VIEW_AND_AGE));

/** Whether the case has any flag, as in the partial index "Case_flagged". */
export const isFlagged = Prisma.sql`c."worklistTraits" >= ${Prisma.raw(
  String(FLAGGED_FROM),
)}`;

function flagCondition(flags: number): Prisma.Sql {
  return Prisma.sql`(c."worklistTraits" & ${flags}::int) <> 0`;
}

export function wordConditions(words: readonly string[]): Prisma.Sql {
  if (words.length === 0) return Prisma.sql`TRUE`;
  // `<> ''` lets the planner use the partial trigram index.
  return Prisma.sql`c."searchText" <> ''
    AND ${Prisma.join(words.map(wordCondition), " AND ")}`;
}

/** The same as `startsWithFirst`, for who has the text and not the name. */
export function textStartsWithFirst([first = ""]: readonly string[]) {
  return Prisma.sql`c."searchText" LIKE ${`${literalOf(first)}%`}`;
}

/** Whether the name starts with the first word. */
export function startsWithFirst([first = ""]: readonly string[]): Prisma.Sql {
  // The names' collation is C, so this is all that starts with it.
  return Prisma.sql`c."sortName" >= ${first}
    AND c."sortName" < ${`${first}\u{10ffff}`}`;
}

/**
 * Whether the words occur, the first of them behind the text's first letter.
 * Together with the names that start with it, that is all rows with the words.
 */
export function hasFirstElsewhere([
  first = "",
  ...others
]: readonly string[]): Prisma.Sql {
  const behind =
    first.length >= 3
      ? Prisma.sql`substr(c."searchText", 2) LIKE ${`%${literalOf(first)}%`}`
      : Prisma.sql`c."searchText" LIKE ${`% ${literalOf(first)}%`}`;
  return Prisma.sql`c."searchText" <> '' AND ${behind}
    AND ${wordConditions(others)}`;
}

/**
 * A word of three letters or more may stand anywhere, a shorter one at the
 * start of a word: that is what a trigram index can find.
 */
export function wordCondition(word: string): Prisma.Sql {
  const literal = literalOf(word);
  return word.length >= 3
    ? Prisma.sql`c."searchText" LIKE ${`%${literal}%`}`
    : Prisma.sql`(c."searchText" LIKE ${`${literal}%`}
        OR c."searchText" LIKE ${`% ${literal}%`})`;
}

/** A word as LIKE takes it literally. */
function literalOf(word: string): string {
  return word.replace(/[\\%_]/g, "\\$&");
}
