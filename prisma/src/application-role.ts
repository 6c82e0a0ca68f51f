import pg from "pg";
import { connectionConfig } from "../engine/adapter.mjs";

/** What API and worker of an embedded database connect as. */
export const APPLICATION_ROLE = "lung_iris_app";

/** Rows that are only ever added: nobody but the owner could change one. */
const APPEND_ONLY = [
  "AuditEvent",
  "CaseComment",
  "CaseCommentVersion",
  "BarsVersion",
  "DatasetMember",
  "Judgement",
  "JudgementResult",
  "GoldenRun",
  "PolicyVersion",
  "ProcedureRun",
  "ProcedureVersion",
  "ReadingVersion",
  "RetentionVersion",
];
/** Written by triggers and migrations only. */
const READ_ONLY = [
  "AuditHead",
  "DatasetChoice",
  "DecidedScore",
  "ModelPatient",
  "PredictionCount",
  "RecordExtent",
  "_prisma_migrations",
];

const SCHEMAS = ["public", "graphile_worker"];
/** Of two machines that start at once one waits for the other. */
const LOCK = 7_041_977;

/** A role and its password; without one it must be there already. */
export interface ApplicationRole {
  name: string;
  password?: string;
}

/**
 * Gives the application's role what it needs in the database at `ownerUrl`,
 * and takes from it what it had beyond: it owns nothing, so it can neither
 * disable a trigger nor empty a table, and the trail takes no change from it.
 * To be run after every migration, by the tables' owner.
 */
export async function grantApplication(
  ownerUrl: string,
  role: ApplicationRole,
): Promise<void> {
  const name = pg.escapeIdentifier(role.name);
  await withClient(ownerUrl, async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [LOCK]);
    if (role.password !== undefined)
      await makeRole(client, role.name, role.password);
    await closeTemporaryTables(client);
    for (const schema of SCHEMAS) await grantSchema(client, schema, name);
    const tables = [...APPEND_ONLY, ...READ_ONLY];
    for (const table of await existing(client, tables))
      await client.query(
        `REVOKE UPDATE, DELETE${READ_ONLY.includes(table) ? ", INSERT" : ""}
         ON public.${pg.escapeIdentifier(table)} FROM ${name}`,
      );
    await openQueue(client, name);
    await client.query("COMMIT");
  });
}

async function makeRole(
  client: pg.Client,
  role: string,
  password: string,
): Promise<void> {
  const { rowCount } = await client.query(
    "SELECT 1 FROM pg_roles WHERE rolname = $1",
    [role],
  );
  const verb = rowCount === 0 ? "CREATE" : "ALTER";
  await client.query(
    `${verb} ROLE ${pg.escapeIdentifier(role)} LOGIN NOSUPERUSER NOCREATEDB
       NOCREATEROLE NOREPLICATION NOBYPASSRLS
       PASSWORD ${pg.escapeLiteral(password)}`,
  );
}

/** Temporary tables would let the role run triggers of its own. */
async function closeTemporaryTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT current_database() AS name",
  );
  const database = pg.escapeIdentifier(rows[0]?.name ?? "");
  await client.query(`REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC`);
}

/** What is there, and what later migrations of this owner make. */
async function grantSchema(
  client: pg.Client,
  schema: string,
  role: string,
): Promise<void> {
  const { rowCount } = await client.query(
    "SELECT 1 FROM pg_namespace WHERE nspname = $1",
    [schema],
  );
  if (rowCount === 0) return;
  const rights = [
    ["TABLES", "SELECT, INSERT, UPDATE, DELETE"],
    ["SEQUENCES", "USAGE, SELECT"],
    ["FUNCTIONS", "EXECUTE"],
  ] as const;
  await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
  await client.query(`REVOKE CREATE ON SCHEMA ${schema} FROM ${role}, PUBLIC`);
  for (const [kind, right] of rights) {
    await client.query(
      `GRANT ${right} ON ALL ${kind} IN SCHEMA ${schema} TO ${role}`,
    );
    await client.query(
      `ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT ${right} ON ${kind} TO ${role}`,
    );
  }
}

async function existing(
  client: pg.Client,
  tables: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables
     WHERE schemaname = 'public' AND tablename = ANY ($1::text[])`,
    [tables],
  );
  return rows.map(({ name }) => name);
}

/**
 * The queue's tables have row level security and no policy, which closes them
 * to everybody but their owner.
 */
async function openQueue(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c
     WHERE c.relnamespace::regnamespace::text = 'graphile_worker'
       AND c.relkind = 'r' AND c.relrowsecurity`,
  );
  for (const { name } of rows) {
    await client.query(`DROP POLICY IF EXISTS lung_iris_app ON ${name}`);
    await client.query(
      `CREATE POLICY lung_iris_app ON ${name} TO ${role}
       USING (true) WITH CHECK (true)`,
    );
  }
}

/**
 * What the role of `url` could do to the trail, as sentences; none where it
 * is an application's role as it should be.
 */
export async function applicationRoleProblems(url: string): Promise<string[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{
      role: string;
      isSuper: boolean;
      owned: string | null;
      changes: string | null;
    }>(
      `SELECT current_user AS "role", r.rolsuper AS "isSuper",
         (SELECT min(c.relname::text) FROM pg_class c
          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            AND pg_has_role(current_user, c.relowner, 'USAGE')) AS "owned",
         (SELECT min(c.relname::text) FROM pg_class c
          WHERE c.relnamespace = 'public'::regnamespace
            AND c.relname = ANY ($1::text[])
            AND has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')) AS "changes"
       FROM pg_roles r WHERE r.rolname = current_user`,
      [[...APPEND_ONLY, ...READ_ONLY]],
    );
    const [row] = rows;
    if (row === undefined) return [];
    const { role, isSuper, owned, changes } = row;
    if (isSuper)
      return [`${role} is a superuser: it can rewrite the audit trail`];
    if (owned !== null)
      return [
        `${role} owns the table ${owned}: it can disable the triggers that keep the audit trail`,
      ];
    return changes === null
      ? []
      : [`${role} may change rows of ${changes}, which are only ever added`];
  });
}

async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(connectionConfig(url));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
