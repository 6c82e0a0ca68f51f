import { isMigrated } from "@lung-iris/prisma/migrate";
import type { Database } from "@lung-iris/prisma";
import { timingSafeEqual } from "node:crypto";
import { Router } from "express";
import type { Request } from "express";
import type { Registry } from "prom-client";
import { ForbiddenError } from "../../errors.ts";
import type { Clients } from "../../platform/client-address.ts";
import { hashSecret } from "../../platform/ids.ts";
import type { ObjectStore } from "../../platform/object-store.ts";
import { workersSeen } from "../../platform/worker-presence.ts";

export interface HealthDeps {
  database: Database;
  objectStore: ObjectStore;
  metrics: Registry;
  mayReadMetrics: (request: Request) => boolean;
  /** Demo logins exist; the sign-in page asks, before anybody has signed in. */
  isDemo: boolean;
  /** True once the process is told to stop. */
  isDraining: () => boolean;
}

type Check = "database" | "migrations" | "objectStore";

/** Longer than any healthy part takes, shorter than a prober waits. */
const CHECK_TIMEOUT_MS = 3_000;

/**
 * /healthz: the process answers. /readyz: it can do its work, with the state
 * of each part. Neither needs a session. /metrics: Prometheus text, for
 * programs of this machine and for those that hold its token, since figures
 * of a hospital's work are nobody else's business. None says anything of
 * patients.
 */
export function healthRoutes(deps: HealthDeps): Router {
  const router = Router();
  router.get("/healthz", (_request, response) => {
    response.json({ status: "ok", demo: deps.isDemo });
  });
  router.get("/readyz", async (_request, response) => {
    const [checks, ai] = await Promise.all([readiness(deps), aiDetail(deps)]);
    const isReady =
      !deps.isDraining() && Object.values(checks).every((ok) => ok);
    response.status(isReady ? 200 : 503).json({
      status: deps.isDraining() ? "draining" : isReady ? "ready" : "not-ready",
      checks,
      detail: { ai },
    });
  });
  router.get("/metrics", async (request, response) => {
    if (!deps.mayReadMetrics(request)) throw new ForbiddenError(NO_METRICS);
    response.type(deps.metrics.contentType);
    response.send(await deps.metrics.metrics());
  });
  return router;
}

const NO_METRICS =
  "Figures are for programs on this machine; from elsewhere send LUNG_IRIS_METRICS_TOKEN as a bearer.";

/** Programs on this machine, and whoever sends the configured token. */
export function metricsReaders(
  clients: Clients,
  token: string | null,
): (request: Request) => boolean {
  const wanted = token === null ? null : hashSecret(`Bearer ${token}`);
  return (request) => {
    if (clients.isLocal(request)) return true;
    if (wanted === null) return false;
    // Hashes are of one length, which the comparison needs.
    const given = hashSecret(request.get("authorization") ?? "");
    return timingSafeEqual(Buffer.from(given), Buffer.from(wanted));
  };
}

async function readiness(deps: HealthDeps): Promise<Record<Check, boolean>> {
  const { database, objectStore } = deps;
  const [databaseOk, migrationsOk, objectStoreOk] = await Promise.all([
    holds(async () => (await database.client.$queryRaw`SELECT 1`) !== null),
    holds(() => isMigrated(database.url)),
    holds(async () => {
      await objectStore.check();
      return true;
    }),
  ]);
  return {
    database: databaseOk,
    migrations: migrationsOk,
    objectStore: objectStoreOk,
  };
}

/**
 * The AI is no condition of readiness: people go on reading without it. What
 * is known of its workers, null where the database does not say.
 */
async function aiDetail({ database }: HealthDeps) {
  const seen = await inTime(workersSeen(database.client));
  return {
    state: seen === null ? "unknown" : seen.alive > 0 ? "here" : "away",
    workers: seen?.alive ?? null,
    workerAgeSeconds: seen?.ageSeconds ?? null,
  };
}

/** A check that throws or does not end in time does not hold. */
async function holds(check: () => Promise<boolean>): Promise<boolean> {
  return (await inTime(check())) ?? false;
}

/** Null where it fails or does not end in time. */
async function inTime<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, tooLate]);
  } catch {
    return null; // the answer names the part; its own client logs why
  } finally {
    clearTimeout(timer);
  }
}
