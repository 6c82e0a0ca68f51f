import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import { assertOwnPassword, assertUser } from "../../access/authorize.ts";
import { unsafeFindUserForSignIn } from "../../access/unsafe.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import { userViewer } from "../../access/viewer.ts";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { AppError } from "../../errors.ts";
import { FIRST_PASSWORD_SECONDS } from "../../config.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { hashSecret } from "../../platform/ids.ts";
import type { IdentityProvider } from "./identity-provider.ts";
import { findKnownDevice, rememberDevice } from "./known-devices.ts";
import type { PasswordDesk } from "../passwords/password-desk.ts";
import { isPublished } from "../passwords/password-policy.ts";
import type { OpenedSession, SessionService } from "./session.service.ts";
import type { SignInGuard } from "./sign-in-guard.ts";

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
  /** For the browser's cookie; null where it asked for none. */
  deviceToken: string | null;
}

export interface SignInRequest {
  email: string;
  password: string;
  /** Token of the browser from earlier, "" for its first; null: a program. */
  deviceToken: string | null;
}

export interface AuthServiceDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  sessions: SessionService;
  guard: SignInGuard;
  desk: PasswordDesk;
  /** Null where no OpenID Connect issuer is configured. */
  identityProvider: IdentityProvider | null;
  /** Whether demo users may sign in. */
  isDemo: boolean;
}

/** Signing in and out. */
export class AuthService {
  readonly #deps: AuthServiceDeps;

  constructor(deps: AuthServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Unknown addresses, wrong passwords and inactive users look the same from
   * outside, in words and in the work that they cost.
   *
   * @throws INVALID_CREDENTIALS, FIRST_PASSWORD_OVER, or SIGN_IN_LOCKED while
   *   a wait runs.
   */
  async signIn(viewer: Viewer, request: SignInRequest): Promise<SignedIn> {
    const { client, clock, guard, desk } = this.#deps;
    const email = request.email.trim().toLowerCase();
    const device =
      request.deviceToken === null
        ? null
        : await findKnownDevice(client, clock, request.deviceToken, email);
    const attempt = await guard.enter(viewer.origin, email, device);
    const user = await unsafeFindUserForSignIn(client, email);
    const fits = await desk.fits(user?.passwordHash, request.password, {
      isKnown: device !== null,
    });
    const refusal = this.#refusalOf(user, fits, request.password);
    if (user === null || refusal !== null) {
      await this.#refuse(viewer, email, user, refusal ?? "no-such-user");
      throw refusedError(refusal);
    }
    await attempt.succeeded();
    return this.#open(viewer, user, {
      method: "password",
      provedAt: clock.now(),
      deviceToken: request.deviceToken,
    });
  }

  /**
   * Signs in whoever the configured issuer has verified, if a user with that
   * email exists and is active.
   *
   * @throws IDENTITY_TOKEN_INVALID, UNAVAILABLE, INVALID_CREDENTIALS, or
   *   SIGN_IN_LOCKED while a wait runs.
   */
  async signInWithIdToken(viewer: Viewer, idToken: string): Promise<SignedIn> {
    const { client, guard, identityProvider } = this.#deps;
    if (identityProvider === null) {
      throw new AppError(
        "IDENTITY_TOKEN_INVALID",
        "Signing in through an identity provider is not set up here.",
      );
    }
    const attempt = await guard.enterWithToken(viewer.origin);
    const { email, provedAt } = await identityProvider
      .verify(idToken)
      .catch(async (error: unknown) => {
        // An issuer that is away has judged nothing.
        if (error instanceof AppError && error.code === "UNAVAILABLE")
          await attempt.succeeded();
        throw error;
      });
    const user = await unsafeFindUserForSignIn(client, email);
    const refusal = this.#refusalOf(user, true, null);
    if (user === null || refusal !== null) {
      const reason = refusal ?? "no-such-user";
      await this.#deps.audit.recordLook(
        viewer,
        refusalEvent("id-token", email, user, reason),
      );
      throw new AppError(
        "INVALID_CREDENTIALS",
        "Nobody with this address may sign in here. Ask an admin.",
      );
    }
    await attempt.succeeded();
    return this.#open(viewer, user, {
      method: "id-token",
      provedAt,
      deviceToken: null,
    });
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
    assertOwnPassword(viewer);
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
    how: { method: Method; provedAt: Date; deviceToken: string | null },
  ): Promise<SignedIn> {
    const { audit, sessions, clock } = this.#deps;
    const actor = actorOf(viewer, user, clock.now());
    return audit.changeAndRecord(actor, async (tx, record) => {
      await useUpFirstPassword(tx, user, how.method);
      const updated = await tx.user.update({
        where: { id: user.id },
        data: {
          failedSignIns: 0,
          lastFailedSignInAt: null,
          lastSignInAt: clock.now(),
        },
      });
      record({
        type: "auth.signed-in",
        siteId: onlySite(actor.siteIds),
        patientId: null,
        subject: { type: "user", id: user.id },
        details: { method: how.method },
      });
      const session = await sessions.open(tx, user.id, {
        isByPassword: how.method === "password",
        provedAt: how.provedAt,
        failedBefore: user.failedSignIns,
        lastFailedAt: user.lastFailedSignInAt,
      });
      const deviceToken =
        how.deviceToken === null
          ? null
          : await rememberDevice(tx, clock, user.id, how.deviceToken);
      return { ...session, user: updated, deviceToken };
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
    const { isDemo, clock } = this.#deps;
    if (user === null) return "no-such-user";
    if (!fits) return "wrong-credentials";
    if (!user.isActive) return "inactive";
    if (!isDemo && user.isDemo) return "demo-off";
    if (password === null) return null;
    if (!isDemo && isPublished(password)) return "published-password";
    return isFirstPasswordOver(user, clock.now())
      ? "first-password-used"
      : null;
  }

  /** Writes down a refusal; the same statements whether there is a user. */
  async #refuse(
    viewer: Viewer,
    email: string,
    user: Candidate | null,
    reason: Refusal,
  ): Promise<void> {
    const { audit, clock } = this.#deps;
    await audit.changeAndRecord(viewer, async (tx, record) => {
      await tx.user.updateMany({
        where: { email },
        data: {
          failedSignIns: { increment: 1 },
          lastFailedSignInAt: clock.now(),
        },
      });
      record(refusalEvent("password", email, user, reason));
    });
  }
}

function isFirstPasswordOver(user: Candidate, now: Date): boolean {
  if (user.passwordState === "OWN") return false;
  const isOld =
    user.passwordSetAt !== null &&
    addSeconds(user.passwordSetAt, FIRST_PASSWORD_SECONDS) <= now;
  return user.passwordState === "FIRST_USED" || isOld;
}

/** An admin's password opens one session, also when two come at once. */
async function useUpFirstPassword(
  tx: Tx,
  { id, passwordState }: Candidate,
  method: Method,
): Promise<void> {
  if (method !== "password" || passwordState !== "FIRST") return;
  const { count } = await tx.user.updateMany({
    where: { id, passwordState: "FIRST" },
    data: { passwordState: "FIRST_USED" },
  });
  if (count === 0) throw refusedError("first-password-used");
}

function actorOf(viewer: Viewer, user: Candidate, now: Date): UserViewer {
  return userViewer(
    {
      userId: user.id,
      sessionId: "",
      name: user.name,
      email: user.email,
      role: user.role,
      siteIds: user.sites.map(({ siteId }) => siteId),
      sessionExpiresAt: now,
    },
    viewer.origin,
  );
}

/** Only somebody with the right password hears that it was good once. */
function refusedError(refusal: Refusal | null): AppError {
  return refusal === "first-password-used"
    ? new AppError(
        "FIRST_PASSWORD_OVER",
        "This first password was used already or is older than a week. If it was not you, tell an admin; either way ask for a new one.",
      )
    : new AppError(
        "INVALID_CREDENTIALS",
        "The email address or the password is wrong.",
      );
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
