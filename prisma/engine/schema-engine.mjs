#!/usr/bin/env node
/**
 * Prisma's schema engine without its binary download: the CLI talks JSON-RPC
 * over stdio to whatever PRISMA_SCHEMA_ENGINE_BINARY names; this answers with
 * Prisma's own engine compiled to WebAssembly (@prisma/schema-engine-wasm)
 * over the `pg` driver. See docs/decisions/0002-prisma-without-download.md.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import readline from "node:readline";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";
import { adminConfig, connectionConfig, migrationFactory } from "./adapter.mjs";

const require = createRequire(import.meta.url);

/** The engine reports a panic here before it traps; without it the reason is lost. */
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  message: "",
  set_message(text) {
    this.message = text;
    process.stderr.write(`${text}\n`);
  },
};

/** The engine's command line as the Prisma CLI builds it. */
function parseArguments(argv) {
  const options = { datamodels: [], datasource: undefined, cli: undefined };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i];
    if (word === "--version" || word === "-V") {
      console.log("schema-engine-wasm");
      process.exit(0);
    } else if (word === "--datamodels") options.datamodels.push(argv[++i]);
    else if (word === "--datasource")
      options.datasource = JSON.parse(argv[++i]);
    else if (word === "cli") {
      options.cli = argv.slice(i + 1);
      break;
    } else if (word.startsWith("--")) i++;
  }
  return options;
}

/** `cli` subcommands manage the database itself and end the process. */
async function runCliCommand(command, url) {
  const { database } = connectionConfig(url);
  const run = async (config, sql) => {
    const client = new pg.Client(config);
    await client.connect();
    if (sql) await client.query(sql);
    await client.end();
  };
  const name = pg.escapeIdentifier(database);
  try {
    if (command === "can-connect-to-database") await run(connectionConfig(url));
    else if (command === "create-database")
      await run(adminConfig(url), `CREATE DATABASE ${name}`);
    else if (command === "drop-database")
      await run(adminConfig(url), `DROP DATABASE ${name} WITH (FORCE)`);
    process.exit(0);
  } catch (error) {
    const codes = { "3D000": "P1003", "28P01": "P1000" };
    const line = {
      timestamp: new Date().toISOString(),
      level: "ERROR",
      fields: {
        message: error.message || String(error),
        error_code: codes[error.code] ?? "P1001",
      },
      target: "schema_engine::logger",
    };
    process.stderr.write(`\n${JSON.stringify(line)}\n`);
    process.exit(1);
  }
}

/** Instantiates the WebAssembly module by hand: its own loader wants a bundler. */
async function loadEngine(datamodels, factory) {
  const folder = require
    .resolve("@prisma/schema-engine-wasm")
    .replace(/schema_engine\.js$/, "");
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const { instance } = await WebAssembly.instantiate(
    readFileSync(`${folder}schema_engine_bg.wasm`),
    { "./schema_engine_bg.js": glue },
  );
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue.SchemaEngine.new(
    {
      datamodels: datamodels.length
        ? datamodels.map((file) => [file, readFileSync(file, "utf8")])
        : undefined,
    },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  );
}

function serve(options) {
  const send = (message) =>
    process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  let engine;
  let pending = 0;
  let closed = false;

  async function call(id, method, params) {
    engine ??= loadEngine(
      options.datamodels,
      migrationFactory(options.datasource),
    );
    const loaded = await engine;
    const name = method === "getDatabaseVersion" ? "version" : method;
    const result = await loaded[name](params);
    if (method === "diff" && result?.stdout != null) {
      // The binary prints a diff through a call of its own; so do we.
      const print = { method: "print", params: { content: result.stdout } };
      send({ id: 900_000 + id, ...print });
      return { exitCode: result.exitCode };
    }
    return result ?? null;
  }

  readline
    .createInterface({ input: process.stdin })
    .on("line", async (line) => {
      const { id, method, params } = JSON.parse(line);
      pending++;
      try {
        send({ id, result: await call(id, method, params) });
      } catch (error) {
        const message = error?.message ?? String(error);
        const data = {
          is_panic: false,
          message,
          error_code: error?.code ?? error?.error_code,
          meta: error?.meta ?? null,
        };
        send({ id, error: { code: 4466, message, data } });
      } finally {
        pending--;
        if (closed && pending === 0) process.exit(0);
      }
    })
    .on("close", () => {
      closed = true;
      if (pending === 0) process.exit(0);
    });
}

const options = parseArguments(process.argv.slice(2));
if (options.cli) await runCliCommand(options.cli[0], options.datasource?.url);
serve(options);
