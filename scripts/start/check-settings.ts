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
  if (problems.length > 0) throw unusable(oneEach(problems));
}

/** Both services read some settings: the first word on each counts. */
function oneEach(problems: readonly string[]): string[] {
  const byName = new Map<string, string>();
  for (const problem of problems) {
    const name = /\bLUNG_IRIS_\w+/.exec(problem)?.[0] ?? problem;
    if (!byName.has(name)) byName.set(name, problem);
  }
  return [...byName.values()];
}

function problemsOf(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof ConfigError) {
      // Its first line says only that there are problems.
      const [, ...lines] = error.message.split("\n");
      return lines.map((line) => line.trim());
    }
    const message = error.message.replace(/^Environment: /, "");
    // Zod's own report: "✖ what\n  → at NAME", one after the other.
    const reported = [...message.matchAll(/✖ (.+)\n\s*→ at (\S+)/g)];
    return reported.length === 0
      ? [message]
      : reported.map(([, what = "", name = ""]) => `${name}: ${what}`);
  }
}
