import type { DatabaseClient } from "@lung-iris/prisma";
import { unsafeFindUsersByEmail } from "../../access/unsafe.ts";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";

/** Which limit an attempt met. */
export type MetLimit =
  "too-many-of-account" | "too-many-of-source" | "too-many-of-everybody";

const EVERY_MS = 60_000;
/** Accounts told apart in a minute; the rest counts as nobody's. */
const MAX_ACCOUNTS = 1_000;
const MAX_SOURCES = 10;

interface Tally {
  email: string | null;
  reason: MetLimit;
  count: number;
  since: Date;
  sources: Set<string>;
}

export interface RefusedAttemptsDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  onError: (error: unknown) => void;
}

/**
 * Attempts that were refused untried, counted for a minute and then written
 * down as one event for each account: a flood of guesses must not become a
 * flood of the trail, and must stand in it all the same.
 */
export class RefusedAttempts {
  readonly #deps: RefusedAttemptsDeps;
  readonly #timer: NodeJS.Timeout;
  #tallies = new Map<string, Tally>();

  constructor(deps: RefusedAttemptsDeps) {
    this.#deps = deps;
    this.#timer = setInterval(() => {
      this.flush().catch(deps.onError);
    }, EVERY_MS);
    this.#timer.unref();
  }

  /** `email`: null where the attempt named nobody. */
  count(email: string | null, source: string, reason: MetLimit): void {
    const isFull = this.#tallies.size >= MAX_ACCOUNTS;
    const named = email === null ? reason : `${reason} ${email}`;
    const key = isFull && !this.#tallies.has(named) ? reason : named;
    const tally = this.#tallies.get(key) ?? {
      email: key === named ? email : null,
      reason,
      count: 0,
      since: this.#deps.clock.now(),
      sources: new Set<string>(),
    };
    tally.count += 1;
    if (tally.sources.size < MAX_SOURCES) tally.sources.add(source);
    this.#tallies.set(key, tally);
  }

  /** Writes down what was counted; counts again from nothing. */
  async flush(): Promise<void> {
    const tallies = [...this.#tallies.values()];
    if (tallies.length === 0) return;
    this.#tallies = new Map();
    const { audit, client, clock } = this.#deps;
    const users = await unsafeFindUsersByEmail(
      client,
      tallies.flatMap(({ email }) => email ?? []),
    );
    const viewer = systemViewer("sign-in-guard", newRequestId());
    await audit.changeAndRecord(viewer, async (tx, record) => {
      for (const user of users) {
        const own = tallies.filter(({ email }) => email === user.email);
        const count = own.reduce((sum, tally) => sum + tally.count, 0);
        await tx.user.update({
          where: { id: user.id },
          data: {
            failedSignIns: { increment: count },
            lastFailedSignInAt: clock.now(),
          },
        });
        const [site, ...others] = user.sites;
        const siteId = others.length === 0 ? (site?.siteId ?? null) : null;
        for (const tally of own) record(eventOf(tally, user.id, siteId));
      }
      const known = new Set(users.map(({ email }) => email));
      const strangers = tallies.filter(
        ({ email }) => email === null || !known.has(email),
      );
      for (const tally of sumByReason(strangers))
        record(eventOf(tally, "unknown", null));
    });
  }

  /** Writes down the rest; no more is counted. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }
}

/** Addresses that nobody has are one line for each limit. */
function sumByReason(tallies: readonly Tally[]): Tally[] {
  const sums = new Map<MetLimit, Tally>();
  for (const tally of tallies) {
    const sum = sums.get(tally.reason);
    if (sum === undefined) {
      sums.set(tally.reason, { ...tally, sources: new Set(tally.sources) });
      continue;
    }
    sum.count += tally.count;
    for (const source of tally.sources)
      if (sum.sources.size < MAX_SOURCES) sum.sources.add(source);
  }
  return [...sums.values()];
}

function eventOf(
  { count, reason, since, sources }: Tally,
  subjectId: string,
  siteId: string | null,
): AuditEventInput {
  return {
    type: "auth.attempts-refused",
    siteId,
    patientId: null,
    subject: { type: "user", id: subjectId },
    details: {
      count,
      reason,
      since: since.toISOString(),
      sources: [...sources].sort(),
    },
  };
}
