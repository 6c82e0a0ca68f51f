import { connectionConfig } from "@lung-iris/prisma";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { BackupSummary, BackupTable } from "./backup-format.ts";
import type { CopyWriter } from "./copy-writer.ts";

/** The facts of one moment, and the objects that its rows name. */
export interface Dump extends Pick<
  BackupSummary,
  "head" | "migrations" | "queueMigration" | "tables" | "sequences"
> {
  films: string[];
  datasets: string[];
  /** Hashes of the files of models that training runs made. */
  candidates: string[];
}

/**
 * Copies every table in one REPEATABLE READ snapshot, so that all rows are of
 * one moment while the desk goes on writing. The server that npm brings has
 * no pg_dump; COPY is what pg_dump uses as well.
 */
export async function dumpDatabase(
  url: string,
  writer: CopyWriter,
  onTable: (table: BackupTable) => void,
): Promise<Dump> {
  const client = new pg.Client(connectionConfig(url));
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const facts = await readFacts(client);
    const tables: BackupTable[] = [];
    for (const table of await readTables(client)) {
      const stream = client.query(copyTo(copyCommand(table, "TO STDOUT")));
      const name = `${table.schema}.${table.name}`;
      const path = `database/${name}.copy`;
      await writer.add({ kind: "table", name, path }, stream);
      const copied = { ...table, rows: stream.rowCount };
      tables.push(copied);
      onTable(copied);
    }
    await client.query("COMMIT");
    return { ...facts, tables };
  } finally {
    await client.end();
  }
}

/** COPY over named columns, which generated ones are not among. */
export function copyCommand(
  { schema, name, columns }: Omit<BackupTable, "rows">,
  direction: "TO STDOUT" | "FROM STDIN",
): string {
  const quoted = columns.map((column) => pg.escapeIdentifier(column));
  return `COPY ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)} (${quoted.join(", ")}) ${direction}`;
}

async function readTables(
  client: pg.Client,
): Promise<Omit<BackupTable, "rows">[]> {
  const { rows } = await client.query<Omit<BackupTable, "rows">>(`
    SELECT n.nspname AS schema, c.relname AS name,
      array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE n.nspname IN ('public', 'graphile_worker') AND c.relkind = 'r'
    GROUP BY 1, 2 ORDER BY 1, 2`);
  return rows;
}

async function readFacts(client: pg.Client): Promise<Omit<Dump, "tables">> {
  const { rows: heads } = await client.query<{ seq: string; hash: string }>(
    `SELECT "seq"::text, "hash" FROM "AuditHead"`,
  );
  const { rows: migrations } = await client.query<{
    name: string;
    checksum: string;
  }>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`,
  );
  const { rows: queue } = await client.query<{ id: number }>(
    `SELECT max(id)::int AS id FROM graphile_worker.migrations`,
  );
  const { rows: sequences } = await client.query<Dump["sequences"][number]>(
    `SELECT schemaname::text AS schema, sequencename::text AS name,
       last_value::text AS value
     FROM pg_sequences WHERE schemaname IN ('public', 'graphile_worker')
       AND last_value IS NOT NULL ORDER BY 1, 2`,
  );
  const { rows: films } = await client.query<{ sha256: string }>(
    `SELECT DISTINCT "sha256" FROM "Image" ORDER BY 1`,
  );
  const { rows: datasets } = await client.query<{ key: string }>(
    `SELECT "objectKey" AS key FROM "Dataset"
     WHERE "objectKey" IS NOT NULL ORDER BY 1`,
  );
  const { rows: candidates } = await client.query<{ sha256: string }>(
    `SELECT DISTINCT file->>'sha256' AS sha256
     FROM "TrainingRun", jsonb_array_elements("candidateFiles") AS file
     WHERE jsonb_typeof("candidateFiles") = 'array' ORDER BY 1`,
  );
  const [head] = heads;
  if (head === undefined) throw new Error("the audit trail has no head");
  return {
    head,
    migrations,
    queueMigration: queue[0]?.id ?? 0,
    sequences,
    films: films.map(({ sha256 }) => sha256),
    datasets: datasets.map(({ key }) => key),
    candidates: candidates.map(({ sha256 }) => sha256),
  };
}
