/**
 * @prisma/adapter-pg made fit for migrations. Three things differ from the
 * stock adapter, each a defect of 7.10.0 when used by the schema engine.
 */
import { PrismaPg } from "@prisma/adapter-pg";
import { ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import { parse } from "pg-connection-string";

/**
 * PostgreSQL's internal one-byte "char" (OID 18) is missing in the adapter's
 * type map; read as text (OID 25) and reported as a character, which is what
 * the engine's catalogue queries expect.
 */
const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * `pg` settings of a connection URL. Certificates are checked: sslmode
 * prefer, require, verify-ca and verify-full all verify; only an explicit
 * `no-verify` does not. Parsed into fields because `pg` lets a connection
 * string win over `database`, which would send the shadow database's
 * statements to the real one.
 */
export function connectionConfig(url) {
  const { host, port, user, password, database, ssl } = parse(url);
  return {
    host: host ?? "127.0.0.1",
    port: Number(port ?? 5432),
    user,
    password,
    database: database ?? "postgres",
    ssl: ssl === true ? { rejectUnauthorized: true } : ssl || undefined,
    max: 4,
  };
}

/** The same server's maintenance database. */
export function adminConfig(url) {
  return { ...connectionConfig(url), database: "postgres" };
}

function repaired(adapter) {
  const performIo = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const charColumns = new WeakMap();
  adapter.performIO = async (query) => {
    const result = await performIo(query);
    const columns = [];
    (result.fields ?? []).forEach((field, i) => {
      if (field.dataTypeID !== CHAR_OID) return;
      field.dataTypeID = TEXT_OID;
      columns.push(i);
    });
    charColumns.set(query, columns);
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const i of charColumns.get(query) ?? [])
      result.columnTypes[i] = ColumnTypeEnum.Character;
    return result;
  };
  // The stock method splits at ";" and so breaks $$-quoted function bodies.
  adapter.executeScript = async (sql) => {
    try {
      await adapter.client.query(sql);
    } catch (error) {
      adapter.onError(error);
    }
  };
  const startTransaction = adapter.startTransaction?.bind(adapter);
  if (startTransaction)
    adapter.startTransaction = async (level) =>
      repaired(await startTransaction(level));
  return adapter;
}

/** Driver-adapter factory for the database of `datasource`, with a shadow database. */
export function migrationFactory(datasource) {
  const url = datasource?.url ?? "postgresql://none@127.0.0.1:1/none";
  const schema = new URL(url).searchParams.get("schema") ?? "public";
  const open = async (config) =>
    repaired(await new PrismaPg(config, { schema }).connect());
  return {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: () => open(connectionConfig(url)),
    async connectToShadowDb() {
      if (datasource?.shadowDatabaseUrl)
        return open(connectionConfig(datasource.shadowDatabaseUrl));
      const admin = await open(connectionConfig(url));
      const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
      await admin.executeScript(`CREATE DATABASE "${name}"`);
      const shadow = await open({ ...connectionConfig(url), database: name });
      const dispose = shadow.dispose.bind(shadow);
      shadow.dispose = async () => {
        await dispose();
        await admin.executeScript(
          `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`,
        );
        await admin.dispose();
      };
      return shadow;
    },
  };
}
