import {
  ConfigError,
  readConfig as readApiConfig,
} from "../../apps/api/src/config.ts";
import { readEnv as readWebEnv } from "../../apps/web/src/lib/env.ts";
import type { StartConfig } from "./config.ts";
import { unusable } from "./failure.ts";

/** Stand-ins for what the launcher makes itself, later. */
const MADE_LATER = {
  DATABASE_URL: "postgresql://127.0.0.1/lung_iris",
  LUNG_IRIS_SECRET: "x".repeat(64),
};

/**
 * Lets the services' own parsers read the settings before anything starts,
 * so that a typing error is one sentence now and not a log file later.
 *
 * @throws StartFailure naming every setting that a service cannot use.
 */
export function assertServiceSettings(
  values: NodeJS.ProcessEnv,
  config: StartConfig,
): void {
  const env = {
    ...values,
    ...MADE_LATER,
    LUNG_IRIS_DEMO: config.demo ? "1" : "0",
    NODE_ENV: "production",
  };
  const problems = [
    ...problemsOf(() => readApiConfig(env)),
    ...problemsOf(() => readWebEnv(env)),
  ];
  if (problems.length > 0) throw unusable([...new Set(problems)]);
}

function problemsOf(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // The first line of either says only that there are problems.
    const [first = "", ...rest] = error.message.split("\n");
    const lines = error instanceof ConfigError ? rest : [first, ...rest];
    return lines.map((line) => line.trim()).filter((line) => line !== "");
  }
}
