import pg from "pg";

interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

interface Trigger {
  table: string;
  name: string;
  /** As pg_trigger has it: origin, replica, always. */
  state: "O" | "R" | "A";
}

const ENABLE = {
  O: "ENABLE",
  R: "ENABLE REPLICA",
  A: "ENABLE ALWAYS",
} as const;

/**
 * Takes foreign keys and triggers out of the way of rows that come table by
 * table and with their hashes, inside the caller's transaction; what it
 * answers puts them back, which checks every key. Needs the tables' owner,
 * not a superuser.
 */
export async function setAside(
  client: pg.Client,
): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<ForeignKey>(
    `SELECT conrelid::regclass::text AS "table", conname AS name,
       pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f'
       AND connamespace::regnamespace::text IN ('public', 'graphile_worker')`,
  );
  const { rows: triggers } = await client.query<Trigger>(
    `SELECT tgrelid::regclass::text AS "table", tgname AS name,
       tgenabled AS state
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
     WHERE NOT tgisinternal AND tgenabled <> 'D'
       AND c.relnamespace::regnamespace::text IN ('public', 'graphile_worker')`,
  );
  for (const { table, name } of keys)
    await client.query(
      `ALTER TABLE ${table} DROP CONSTRAINT ${pg.escapeIdentifier(name)}`,
    );
  for (const { table, name } of triggers)
    await client.query(
      `ALTER TABLE ${table} DISABLE TRIGGER ${pg.escapeIdentifier(name)}`,
    );
  return async () => {
    for (const { table, name, definition } of keys)
      await client.query(
        `ALTER TABLE ${table} ADD CONSTRAINT ${pg.escapeIdentifier(name)} ${definition}`,
      );
    for (const { table, name, state } of triggers)
      await client.query(
        `ALTER TABLE ${table} ${ENABLE[state]} TRIGGER ${pg.escapeIdentifier(name)}`,
      );
  };
}
