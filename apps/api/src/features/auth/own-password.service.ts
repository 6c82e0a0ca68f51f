import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import { assertUser } from "../../access/authorize.ts";
import { unsafeFindUserForSignIn } from "../../access/unsafe.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { AppError, BadInputError, ForbiddenError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { passwordFits } from "../passwords/password.ts";
import type { PasswordDesk } from "../passwords/password-desk.ts";
import type { PasswordPolicy } from "../passwords/password-policy.ts";
import type { SessionService } from "./session.service.ts";
import type { SignInGuard } from "./sign-in-guard.ts";

type Person = NonNullable<Awaited<ReturnType<typeof unsafeFindUserForSignIn>>>;

export interface OwnPasswordServiceDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  sessions: SessionService;
  guard: SignInGuard;
  desk: PasswordDesk;
  passwords: PasswordPolicy;
}

/** What people do with their own password within a session. */
export class OwnPasswordService {
  readonly #deps: OwnPasswordServiceDeps;

  constructor(deps: OwnPasswordServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Proves that it is still the same person at the desk.
   *
   * @returns until when signatures are taken without asking again
   * @throws INVALID_CREDENTIALS, SIGN_IN_LOCKED, or BAD_USER_INPUT for people
   *   who came in through an identity provider.
   */
  async reauthenticate(viewer: Viewer, password: string): Promise<Date> {
    assertUser(viewer);
    await this.#assertOwn(viewer, password, "password");
    const { audit, sessions } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      record({
        ...about(viewer),
        type: "auth.reauthenticated",
        details: { method: "password" },
      });
      return sessions.notePassword(tx, viewer.sessionId);
    });
  }

  /**
   * Replaces the viewer's password; the viewer's other sessions end.
   *
   * @throws INVALID_CREDENTIALS, SIGN_IN_LOCKED, FORBIDDEN for demo users, or
   *   BAD_USER_INPUT for a password that would be guessed or is the old one.
   */
  async change(viewer: Viewer, current: string, wanted: string): Promise<true> {
    assertUser(viewer);
    const person = await this.#assertOwn(viewer, current, "currentPassword");
    if (person.isDemo)
      throw new ForbiddenError(
        "The password of a demo user is published and stays as it is.",
      );
    if (await passwordFits(person.passwordHash, wanted))
      throw new BadInputError("This is the password that you have already.", [
        "newPassword",
      ]);
    const passwordHash = await this.#hash(person, wanted);
    const { audit, sessions, clock, guard } = this.#deps;
    await audit.changeAndRecord(viewer, async (tx, record) => {
      await replacePassword(tx, person, passwordHash, clock.now());
      await sessions.revokeAllOf(tx, viewer.userId, viewer.sessionId);
      await sessions.notePassword(tx, viewer.sessionId);
      record({
        ...about(viewer),
        type: "user.password-changed",
        details: { wasFirst: person.passwordState !== "OWN" },
      });
    });
    await guard.forgetAccount(person.email);
    return true;
  }

  async #hash({ email, name, sites }: Person, wanted: string) {
    const { client, passwords } = this.#deps;
    const rows = await client.site.findMany({
      where: { id: { in: sites.map(({ siteId }) => siteId) } },
      select: { code: true, name: true },
    });
    const siteNames = rows.flatMap((site) => [site.code, site.name]);
    return passwords.hash(wanted, { email, name, siteNames }, "newPassword");
  }

  /** The viewer's row, once the password has proved to be the viewer's. */
  async #assertOwn(
    viewer: UserViewer,
    password: string,
    field: string,
  ): Promise<Person> {
    const { client, guard, desk, audit } = this.#deps;
    const person = await unsafeFindUserForSignIn(client, viewer.email);
    if (person?.passwordHash == null || !viewer.isByPassword)
      throw new BadInputError(
        "You sign in through your identity provider; there is no password here.",
        [field],
      );
    const attempt = await guard.enterAgain(
      viewer.origin,
      viewer.email,
      viewer.sessionId,
    );
    const isRight = await desk.fits(person.passwordHash, password, {
      isKnown: true,
    });
    if (isRight) {
      await attempt.succeeded();
      return person;
    }
    await audit.recordLook(viewer, {
      ...about(viewer),
      type: "auth.reauthentication-refused",
      details: { reason: "wrong-credentials" },
    });
    throw new AppError("INVALID_CREDENTIALS", "The password is wrong.", {
      details: { fields: [field] },
    });
  }
}

/** Refuses to overwrite what an admin set meanwhile. */
async function replacePassword(
  tx: Tx,
  { id, passwordHash: before }: Person,
  passwordHash: string,
  now: Date,
): Promise<void> {
  const { count } = await tx.user.updateMany({
    where: { id, passwordHash: before },
    data: { passwordHash, passwordState: "OWN", passwordSetAt: now },
  });
  if (count === 0)
    throw new AppError(
      "CONFLICT",
      "The password was changed meanwhile. Sign in again.",
    );
}

function about(viewer: UserViewer): Pick<
  AuditEventInput,
  "siteId" | "patientId"
> & {
  subject: { type: "user"; id: string };
} {
  const [siteId, ...others] = viewer.siteIds;
  return {
    siteId: others.length === 0 ? (siteId ?? null) : null,
    patientId: null,
    subject: { type: "user", id: viewer.userId },
  };
}
