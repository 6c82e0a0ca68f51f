import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import { assertUser } from "../../access/authorize.ts";
import { unsafeFindUserForSignIn } from "../../access/unsafe.ts";
import type { Viewer } from "../../access/viewer.ts";
import { userViewer } from "../../access/viewer.ts";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { AppError } from "../../errors.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { hashSecret } from "../../platform/ids.ts";
import { Turns } from "../../platform/turns.ts";
import type { IdentityProvider } from "./identity-provider.ts";
import { StrangerFailures } from "./stranger-failures.ts";
import { waitAfterFailures } from "./lock-out.rules.ts";
import { isPublished } from "./password-policy.ts";
import { passwordFits } from "./password.ts";
import type { OpenedSession, SessionService } from "./session.service.ts";

type Candidate = NonNullable<
  Awaited<ReturnType<typeof unsafeFindUserForSignIn>>
>;
type Method = "password" | "id-token";
type Refusal = Extract<
  AuditEventInput,
  { type: "auth.sign-in-refused" }
>["details"]["reason"];

export interface SignedIn extends OpenedSession {
  user: Omit<Candidate, "passwordHash" | "sites">;
}

export interface AuthServiceDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  sessions: SessionService;
  /** Null where no OpenID Connect issuer is configured. */
  identityProvider: IdentityProvider | null;
  /** Whether demo users may sign in. */
  isDemo: boolean;
}

/** Signing in and out. */
export class AuthService {
  readonly #deps: AuthServiceDeps;
  readonly #strangers: StrangerFailures;
  readonly #turns = new Turns();

  constructor(deps: AuthServiceDeps) {
    this.#deps = deps;
    this.#strangers = new StrangerFailures(deps.clock);
  }

  /**
   * Unknown addresses, wrong passwords and inactive users look the same from
   * outside, in words and in time.
   *
   * @throws INVALID_CREDENTIALS, or SIGN_IN_LOCKED while a wait runs.
   */
  signIn(viewer: Viewer, email: string, password: string): Promise<SignedIn> {
    // One after the other, so that each attempt meets the wait that the one
    // before earned: a hundred at once are not a hundred free guesses.
    return this.#turns.run(email.trim().toLowerCase(), () =>
      this.#trySignIn(viewer, email, password),
    );
  }

  async #trySignIn(
    viewer: Viewer,
    email: string,
    password: string,
  ): Promise<SignedIn> {
    const { client, clock } = this.#deps;
    const user = await unsafeFindUserForSignIn(client, email);
    const locked =
      user === null ? this.#strangers.lockedUntil(email) : user.lockedUntil;
    if (locked !== null && locked > clock.now()) {
      await this.#recordRefusal(viewer, "password", email, user, "locked");
      throw lockedError(locked, clock.now());
    }
    const fits = await passwordFits(user?.passwordHash, password);
    const refusal = this.#refusalOf(user, fits, password);
    if (user === null || refusal !== null) {
      await this.#refuse(viewer, email, user, refusal ?? "no-such-user");
    } else {
      return this.#open(viewer, user, "password");
    }
    throw new AppError(
      "INVALID_CREDENTIALS",
      "The email address or the password is wrong.",
    );
  }

  /**
   * Signs in whoever the configured issuer has verified, if a user with that
   * email exists and is active.
   *
   * @throws IDENTITY_TOKEN_INVALID, UNAVAILABLE or INVALID_CREDENTIALS.
   */
  async signInWithIdToken(viewer: Viewer, idToken: string): Promise<SignedIn> {
    const { client, identityProvider } = this.#deps;
    if (identityProvider === null) {
      throw new AppError(
        "IDENTITY_TOKEN_INVALID",
        "Signing in through an identity provider is not set up here.",
      );
    }
    const email = await identityProvider.verifiedEmail(idToken);
    const user = await unsafeFindUserForSignIn(client, email);
    const refusal = this.#refusalOf(user, true, null);
    if (user === null || refusal !== null) {
      const reason = refusal ?? "no-such-user";
      await this.#recordRefusal(viewer, "id-token", email, user, reason);
      throw new AppError(
        "INVALID_CREDENTIALS",
        "Nobody with this address may sign in here. Ask an admin.",
      );
    }
    return this.#open(viewer, user, "id-token");
  }

  async signOut(viewer: Viewer): Promise<void> {
    assertUser(viewer);
    await this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      await this.#deps.sessions.revoke(tx, viewer.sessionId);
      record({
        type: "auth.signed-out",
        siteId: onlySite(viewer.siteIds),
        patientId: null,
        subject: { type: "user", id: viewer.userId },
        details: {},
      });
    });
  }

  /** A ticket for one WebSocket, which cannot carry the bearer. */
  createTicket(viewer: Viewer): Promise<OpenedSession> {
    assertUser(viewer);
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      record({
        type: "auth.ticket-created",
        siteId: onlySite(viewer.siteIds),
        patientId: null,
        subject: { type: "user", id: viewer.userId },
        details: {},
      });
      return this.#deps.sessions.createTicket(tx, viewer.sessionId);
    });
  }

  async #open(
    viewer: Viewer,
    user: Candidate,
    method: Method,
  ): Promise<SignedIn> {
    const { audit, sessions, clock } = this.#deps;
    const siteIds = user.sites.map(({ siteId }) => siteId);
    const actor = userViewer(
      {
        userId: user.id,
        sessionId: "",
        name: user.name,
        email: user.email,
        role: user.role,
        siteIds,
        sessionExpiresAt: clock.now(),
      },
      viewer.origin,
    );
    return audit.changeAndRecord(actor, async (tx, record) => {
      const updated = await tx.user.update({
        where: { id: user.id },
        data: {
          failedSignIns: 0,
          lockedUntil: null,
          lastSignInAt: clock.now(),
        },
      });
      record({
        type: "auth.signed-in",
        siteId: onlySite(siteIds),
        patientId: null,
        subject: { type: "user", id: user.id },
        details: { method },
      });
      return { ...(await sessions.open(tx, user.id)), user: updated };
    });
  }

  /**
   * Why somebody may not come in, or null. The published password opens
   * nothing where there is no demo, whoever has it.
   */
  #refusalOf(
    user: Candidate | null,
    fits: boolean,
    password: string | null,
  ): Refusal | null {
    if (user === null) return "no-such-user";
    if (!fits) return "wrong-credentials";
    if (!user.isActive) return "inactive";
    if (this.#deps.isDemo) return null;
    if (user.isDemo) return "demo-off";
    return password !== null && isPublished(password)
      ? "published-password"
      : null;
  }

  /** Counts a wrong password and starts the wait that it earns. */
  async #refuse(
    viewer: Viewer,
    email: string,
    user: Candidate | null,
    reason: Refusal,
  ): Promise<void> {
    const { audit } = this.#deps;
    if (user === null) this.#strangers.count(email);
    await audit.changeAndRecord(viewer, async (tx, record) => {
      if (user !== null && reason === "wrong-credentials")
        await this.#countFailure(tx, user.id);
      record(refusalEvent("password", email, user, reason));
    });
  }

  async #countFailure(tx: Tx, userId: string): Promise<void> {
    const { failedSignIns } = await tx.user.update({
      where: { id: userId },
      data: { failedSignIns: { increment: 1 } },
      select: { failedSignIns: true },
    });
    const wait = waitAfterFailures(failedSignIns);
    if (wait === 0) return;
    await tx.user.update({
      where: { id: userId },
      data: { lockedUntil: addSeconds(this.#deps.clock.now(), wait) },
    });
  }

  #recordRefusal(
    viewer: Viewer,
    method: Method,
    email: string,
    user: Candidate | null,
    reason: Refusal,
  ): Promise<void> {
    return this.#deps.audit.recordLook(
      viewer,
      refusalEvent(method, email, user, reason),
    );
  }
}

function refusalEvent(
  method: Method,
  email: string,
  user: Candidate | null,
  reason: Refusal,
): AuditEventInput {
  return {
    type: "auth.sign-in-refused",
    siteId: onlySite(user?.sites.map(({ siteId }) => siteId) ?? []),
    patientId: null,
    subject: { type: "user", id: user?.id ?? "unknown" },
    details: {
      method,
      reason,
      emailSha256: hashSecret(email.trim().toLowerCase()),
    },
  };
}

/** Events about a person stand at that person's site, if there is one. */
function onlySite(siteIds: readonly string[]): string | null {
  return siteIds.length === 1 ? (siteIds[0] ?? null) : null;
}

function lockedError(until: Date, now: Date): AppError {
  const seconds = Math.ceil((until.getTime() - now.getTime()) / 1000);
  return new AppError(
    "SIGN_IN_LOCKED",
    `Too many failed attempts. Try again in ${String(seconds)} seconds.`,
    { details: { retryAfterSeconds: seconds } },
  );
}
