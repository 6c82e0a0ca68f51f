import { join } from "node:path";
import type { StartConfig } from "./config.ts";
import type { Service } from "./supervise.ts";

/**
 * Room for the rows of many lists at once, in MB: with Node's 16 a fifth of the
 * API's time went into collecting them, with 64 a tenth (`bench -- graphql`).
 */
export const API_NODE_ARGUMENTS = [
  "--min-semi-space-size=64",
  "--max-semi-space-size=64",
];

/** The programs of a desk: four that stay, and two that run once. */
export function describeServices(
  root: string,
  config: StartConfig,
  shared: { databaseUrl: string; secret: string },
): {
  api: Service;
  worker: Service;
  trainer: Service;
  web: Service;
  demo: Service;
  closeDemo: Service;
} {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    // Decorators are switched on for the API's files only.
    TSX_TSCONFIG_PATH: join(root, "apps/api/tsconfig.json"),
    DATABASE_URL: shared.databaseUrl,
    // The owner's is the launcher's alone.
    DATABASE_MIGRATE_URL: "",
    LUNG_IRIS_SECRET: shared.secret,
    LUNG_IRIS_DATA: config.dataDir,
    LUNG_IRIS_HOST: config.host,
    LUNG_IRIS_DEMO: config.demo ? "1" : "0",
    LUNG_IRIS_API_PORT: String(config.api.port),
    LUNG_IRIS_WEB_PORT: String(config.web.port),
  };
  const api = `http://${address(config.host)}:${config.api.port}`;
  const typescript = (file: string, nodeArguments: string[] = []) => ({
    command: process.execPath,
    args: [
      ...nodeArguments,
      "--import",
      import.meta.resolve("tsx"),
      join(root, file),
    ],
    cwd: root,
    env,
  });
  return {
    api: {
      name: "api",
      ...typescript("apps/api/src/main.ts", API_NODE_ARGUMENTS),
      listening: config.api,
      readyUrl: `${api}/healthz`,
      aliveUrl: `${api}/healthz`,
    },
    worker: {
      name: "worker",
      ...typescript("apps/api/src/worker-main.ts"),
      tellsReady: true,
      mayBeAway:
        "The AI is away: films are taken, listed and read without it meanwhile.",
    },
    trainer: {
      name: "trainer",
      ...typescript("apps/api/src/trainer-main.ts"),
      tellsReady: true,
      mayBeAway: "No trainer is here: training runs wait for one.",
    },
    demo: { name: "demo", ...typescript("apps/api/bin/seed-demo.ts") },
    closeDemo: { name: "demo", ...typescript("apps/api/bin/close-demo.ts") },
    web: {
      name: "web",
      command: process.execPath,
      args: [
        "--import",
        import.meta.resolve("tsx"),
        join(root, "apps/web/server.ts"),
        "--port",
        String(config.web.port),
        "--hostname",
        config.host,
      ],
      cwd: join(root, "apps/web"),
      env: {
        ...env,
        LUNG_IRIS_API_URL: given("LUNG_IRIS_API_URL") ?? api,
        NEXT_TELEMETRY_DISABLED: "1",
      },
      listening: config.web,
      readyUrl: `${webAddress(config)}/sign-in`,
      // A plain file: pages wait for the API, which may be the one that hangs.
      aliveUrl: `${webAddress(config)}/icon.svg`,
    },
  };
}

/** An empty variable means "not set", as in .env files. */
function given(name: string): string | undefined {
  const value = process.env[name];
  return value === "" ? undefined : value;
}

/** Where a browser on this machine finds the web. */
export function webAddress(config: StartConfig): string {
  return `http://${address(config.host)}:${config.web.port}`;
}

/** A wildcard address cannot be opened; loopback then answers as well. */
function address(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
