import { z } from "zod";
import type { Service } from "./supervise.ts";

/** How /readyz names a part, and what a desk is without it. */
const PARTS: Readonly<Record<string, string>> = {
  database: "The database does not answer: nothing can be read or signed.",
  migrations:
    "The database is not at this version's migrations: restart once it is.",
  objectStore:
    "The object store (LUNG_IRIS_OBJECT_STORE) does not answer: films can be neither taken nor shown until it does.",
};

const readiness = z.object({ checks: z.record(z.string(), z.boolean()) });

/**
 * Says in a line each what the API cannot reach: "Ready" alone would be
 * believed. None of it ends the start, since all of it may come back.
 */
export async function sayWhatIsAway(
  api: Pick<Service, "readyUrl">,
  say: (line: string) => void,
): Promise<void> {
  if (api.readyUrl === undefined) return;
  const url = new URL("/readyz", api.readyUrl);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    const { checks } = readiness.parse(await response.json());
    for (const [part, isThere] of Object.entries(checks))
      if (!isThere) say(PARTS[part] ?? `The API misses its ${part}.`);
  } catch {
    say("The API does not say whether it is ready; see its log.");
  }
}
