import { Prisma, columnsOf, keptRowsOf, readRows } from "@lung-iris/prisma";
import type {
  Case,
  DatabaseClient,
  Image,
  KeptRows,
  Patient,
  Study,
  User,
} from "@lung-iris/prisma";
import { visibleSiteIds } from "./scope.ts";
import type { Viewer } from "./viewer.ts";

/** Rows that pages read many at a time. */
interface ReadTables {
  Case: Case;
  Image: Image;
  Patient: Patient;
  Study: Study;
  User: Omit<User, "passwordHash">;
}

type TableName = keyof ReadTables;

const COLUMNS: Readonly<Record<TableName, string>> = {
  Case: columnsOf(Prisma.CaseScalarFieldEnum, "r"),
  Image: columnsOf(Prisma.ImageScalarFieldEnum, "r"),
  Patient: columnsOf(Prisma.PatientScalarFieldEnum, "r"),
  Study: columnsOf(Prisma.StudyScalarFieldEnum, "r"),
  User: columnsOf(shownOfUser(), "r"),
};

function shownOfUser(): Record<string, string> {
  const columns = Object.entries(Prisma.UserScalarFieldEnum);
  return Object.fromEntries(
    columns.filter(([name]) => name !== "passwordHash"),
  );
}

const OF_SITES = `($1::uuid[] IS NULL OR r."siteId" = ANY ($1::uuid[]))`;

/** What of a table the viewer may see, as `access/scope.ts` has it. */
const SCOPES: Readonly<Record<TableName, string>> = {
  Case: OF_SITES,
  Image: `${OF_SITES} AND r."removedAt" IS NULL`,
  Patient: OF_SITES,
  Study: OF_SITES,
  // A case names whoever read it, also after that person left the site. Only
  // ids on visible rows come in here.
  User: "TRUE",
};

/** A column of ids to read by, and the order of the rows. */
export interface By<Row> {
  column: keyof Row & string;
  compare?: (a: Row, b: Row) => number;
}

/** So few are read whole at once: asking for stamps first costs as much. */
const FEW_IDS = 3;

/** Rows by their own ids, in any order. */
export const BY_ID = { column: "id" } as const;

interface Ask {
  table: TableName;
  column: string;
  ids: readonly string[];
  found: (rows: object[]) => void;
  failed: (error: unknown) => void;
}

/** A row and which version of it: what `KeptRows` goes by. */
export interface Stamp {
  id: string;
  stamp: string;
}

interface PartStamp extends Stamp {
  /** Which of the tables asked for together. */
  part: number;
}

/** A case on a list, with the stamps of what stands beside it there. */
export interface ListedCase extends Stamp {
  patient: Stamp[];
  study: Stamp[];
  films: Stamp[];
  /** Who is to read it, and who reads it. */
  people: Stamp[];
}

/** What a row is told by, as `stampsIn` reads it; null where there is none. */
const stampOf = (row: string): string =>
  `${row}."id"::text || ' ' || ${row}.xmin::text`;

const scopeOf = (table: TableName, row: string): string =>
  SCOPES[table].replaceAll("r.", `${row}.`);

const LISTED = `/* listed */
  SELECT c."id"::text, c.xmin::text AS "stamp",
    ${stampOf("p")} AS "patient", ${stampOf("s")} AS "study",
    (SELECT string_agg(${stampOf("i")}, ',') FROM "Image" i
      WHERE i."studyId" = c."studyId" AND ${scopeOf("Image", "i")}) AS "films",
    concat_ws(',', ${stampOf("a")}, ${stampOf("k")}) AS "people"
  FROM "Case" c
  LEFT JOIN "Patient" p
    ON p."id" = c."patientId" AND ${scopeOf("Patient", "p")}
  LEFT JOIN "Study" s ON s."id" = c."studyId" AND ${scopeOf("Study", "s")}
  LEFT JOIN "User" a ON a."id" = c."assigneeId"
  LEFT JOIN "User" k ON k."id" = c."claimedById"
  WHERE c."id" = ANY ($2::uuid[]) AND ${scopeOf("Case", "c")}`;

type Told<Row> = {
  [Name in keyof Row]: Row[Name] extends Stamp[] ? string | null : Row[Name];
};

function stampsIn(text: string | null): Stamp[] {
  if (text === null || text === "") return [];
  return text.split(",").map((one) => {
    const [id = "", stamp = ""] = one.split(" ");
    return { id, stamp };
  });
}

/**
 * What one viewer may see of rows by ids: the same scope as `visibleCases` and
 * the like. What is asked for within one tick goes as one statement, which
 * tells ids and stamps; only rows whose stamp is new are then read whole
 * (`KeptRows`). Rows are shared and frozen.
 */
export class ScopedRows {
  readonly #client: DatabaseClient;
  readonly #kept: KeptRows;
  readonly #siteIds: readonly string[] | null;
  #asked: Ask[] = [];

  constructor(client: DatabaseClient, viewer: Viewer) {
    this.#client = client;
    this.#kept = keptRowsOf(client);
    this.#siteIds = visibleSiteIds(viewer);
  }

  /** Rows with one of the ids in a column; what is out of sight is left out. */
  async read<Table extends TableName>(
    table: Table,
    { column, compare }: By<ReadTables[Table]>,
    ids: readonly string[],
  ): Promise<ReadTables[Table][]> {
    if (ids.length === 0) return [];
    const found =
      ids.length <= FEW_IDS
        ? await this.#readWhole(table, column, ids)
        : await this.#readKept(table, column, ids);
    // Rows of this table: only its own statement and stamps lead to them.
    const rows = found as ReadTables[Table][];
    return compare === undefined ? rows : rows.sort(compare);
  }

  /** Cases by id, with all that a list shows beside them, in one statement. */
  async readListed(ids: readonly string[]): Promise<ListedCase[]> {
    if (ids.length === 0) return [];
    const told = await readRows<Told<ListedCase>>(this.#client, {
      text: LISTED,
      values: [this.#sites(), [...ids]],
    });
    const listed = told.map(
      ({ id, stamp, patient, study, films, people }): ListedCase => ({
        id,
        stamp,
        patient: stampsIn(patient),
        study: stampsIn(study),
        films: stampsIn(films),
        people: stampsIn(people),
      }),
    );
    const place = new Map(ids.map((id, at) => [id, at]));
    return listed.sort(
      (a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0),
    );
  }

  /**
   * Rows whose stamps another statement has told, which had the viewer's scope.
   * In the stamps' order, but for those that were read anew.
   */
  async readStamped<Table extends TableName>(
    table: Table,
    stamps: readonly Stamp[],
  ): Promise<ReadTables[Table][]> {
    return (await this.#rowsOf(table, stamps)) as ReadTables[Table][];
  }

  #readKept(
    table: TableName,
    column: string,
    ids: readonly string[],
  ): Promise<object[]> {
    return new Promise((found, failed) => {
      if (this.#asked.length === 0) process.nextTick(() => this.#ask());
      this.#asked.push({ table, column, ids, found, failed });
    });
  }

  #ask(): void {
    const asked = this.#asked;
    this.#asked = [];
    this.#readStamps(asked)
      .then((stamps) =>
        asked.forEach((ask, part) => {
          const own = stamps.filter((stamp) => stamp.part === part);
          this.#rowsOf(ask.table, own).then(ask.found, ask.failed);
        }),
      )
      .catch((error: unknown) => {
        for (const { failed } of asked) failed(error);
      });
  }

  #readStamps(asked: readonly Ask[]): Promise<PartStamp[]> {
    const parts = asked.map(
      ({ table, column }, part) => `
      SELECT ${String(part)} AS "part", r."id"::text, r.xmin::text AS "stamp"
      FROM "${table}" r WHERE r."${column}" = ANY ($${String(part + 2)}::uuid[])
        AND ${SCOPES[table]}`,
    );
    return readRows<PartStamp>(this.#client, {
      // The first value is there in any case, so that its type is.
      text: `/* stamps */ SELECT * FROM (${parts.join(" UNION ALL ")}) s
        WHERE $1::uuid[] IS NULL OR TRUE`,
      values: [this.#sites(), ...asked.map(({ ids }) => [...ids])],
    });
  }

  /** The rows of some stamps, those that are not here read whole. */
  async #rowsOf(table: TableName, stamps: readonly Stamp[]): Promise<object[]> {
    const rows: object[] = [];
    const missing: string[] = [];
    for (const { id, stamp } of stamps) {
      const kept = this.#kept.find(table, id, stamp);
      if (kept === undefined) missing.push(id);
      else rows.push(kept);
    }
    if (missing.length > 0)
      rows.push(...(await this.#readWhole(table, "id", missing)));
    return rows;
  }

  async #readWhole(
    table: TableName,
    column: string,
    ids: readonly string[],
  ): Promise<object[]> {
    // Few are counted in the text: a plan for any number would seem dearer
    // than one that is made anew each time.
    const isFew = ids.length <= FEW_IDS;
    const places = ids.map((_, at) => `$${String(at + 2)}::uuid`);
    const isAsked = isFew ? `IN (${places.join(", ")})` : "= ANY ($2::uuid[])";
    const read = await readRows<{ id: string; stamp: string }>(this.#client, {
      text: `/* rows */ SELECT r.xmin::text AS "stamp", ${COLUMNS[table]}
        FROM "${table}" r WHERE r."${column}" ${isAsked}
          AND ($1::uuid[] IS NULL OR TRUE) AND ${SCOPES[table]}`,
      values: [this.#sites(), ...(isFew ? ids : [[...ids]])],
    });
    return read.map(({ stamp, ...row }) => {
      this.#kept.keep(table, row.id, stamp, row);
      return row;
    });
  }

  #sites(): string[] | null {
    return this.#siteIds === null ? null : [...this.#siteIds];
  }
}
