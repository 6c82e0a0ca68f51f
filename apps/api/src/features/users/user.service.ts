import type {
  DatabaseClient,
  Prisma,
  ReaderGrade,
  Role,
  Tx,
} from "@lung-iris/prisma";
import { assertCan, assertUser, can } from "../../access/authorize.ts";
import { visibleUsers } from "../../access/scope.ts";
import { unsafeFindUserByEmail } from "../../access/unsafe.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditEventInput } from "../../audit/audit-event.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
} from "../../platform/pagination.ts";
import type { Page, PageRequest } from "../../platform/pagination.ts";
import { z } from "zod";
import type { PasswordPolicy } from "../passwords/password-policy.ts";
import { assertAdminLeft } from "./last-admin.ts";
import {
  assertOthersPassword,
  assertOwnToChange,
  given,
  rightsDiffer,
  siteIdsOf,
} from "./user-change.rules.ts";
import { isVisible, keptSites, ownSites } from "./user-sites.rules.ts";
import type { UserRow } from "./user.row.ts";
import { checkEmail, checkLocale, checkName } from "./user.rules.ts";
import {
  listUsers,
  lockUser,
  lockUsers,
  readUser,
  replaceSites,
} from "./user.store.ts";
import type { UserWithSites } from "./user.store.ts";

export interface CreateUserRequest {
  email: string;
  name: string;
  role: Role;
  grade?: ReaderGrade | null;
  password: string;
  locale?: string | null;
  siteIds: readonly string[];
  /** The person chose it: it need not be changed at the first sign-in. */
  isOwnPassword?: boolean;
}

export interface UpdateUserRequest {
  userId: string;
  name?: string | null;
  role?: Role | null;
  grade?: ReaderGrade | null;
  isActive?: boolean | null;
  locale?: string | null;
  siteIds?: readonly string[] | null;
  password?: string | null;
}

/** Two people know a password that an admin sets; it is good once. */
const FIRST = "FIRST" as const;

const userCursor = z.tuple([z.string(), z.uuid()]);

/** What of a user stands in before and after; never the password's hash. */
const AUDITED_COLUMNS = [
  "email",
  "name",
  "role",
  "grade",
  "locale",
  "isActive",
  "siteIds",
] as const;

/** What changing a user asks of sessions. */
export interface OpenSessions {
  /** Ends every session of a user whose rights or password changed. */
  revokeAllOf(tx: Tx, userId: string, except?: string): Promise<void>;
}

export interface UserServiceDeps {
  client: DatabaseClient;
  clock: Clock;
  audit: AuditLog;
  sessions: OpenSessions;
  passwords: PasswordPolicy;
  /** A new password ends the waits for its account. */
  forgetAttempts(email: string): Promise<void>;
}

/** Who may sign in. Users are deactivated, never deleted. */
export class UserService {
  readonly #deps: UserServiceDeps;

  constructor(deps: UserServiceDeps) {
    this.#deps = deps;
  }

  /** Users who share a site with the viewer, by name. */
  async list(
    viewer: Viewer,
    search: string | null | undefined,
    { first, after }: PageRequest,
  ): Promise<Page<UserRow>> {
    assertCan(viewer, "user:read");
    const size = pageSize(first);
    const from =
      after === null || after === undefined
        ? null
        : decodeCursor(after, userCursor);
    const where = { AND: [visibleUsers(viewer), matching(search)] };
    const rows = await listUsers(this.#deps.client, where, from, size + 1);
    return toPage(rows, size, after, ({ name, id }) =>
      encodeCursor([name, id]),
    );
  }

  /** Whether the viewer may change the user. */
  canEdit(viewer: Viewer): boolean {
    return can(viewer, "user:manage");
  }

  /**
   * @throws BAD_USER_INPUT, EMAIL_TAKEN, EMAIL_NOT_AVAILABLE (somebody of
   *   another hospital has it) or NOT_FOUND (a site).
   */
  async create(viewer: Viewer, request: CreateUserRequest): Promise<UserRow> {
    assertCan(viewer, "user:manage");
    const { audit, clock, passwords } = this.#deps;
    const email = checkEmail(request.email);
    const name = checkName(request.name);
    const siteIds = ownSites(viewer, request.siteIds);
    const locale = checkLocale(request.locale ?? "en");
    const passwordHash = await passwords.hash(
      request.password,
      { email, name, siteNames: await this.#siteNames(siteIds) },
      "input.password",
    );
    const made = await audit.changeAndRecord(viewer, async (tx, record) => {
      await lockUsers(tx);
      const known = await unsafeFindUserByEmail(tx, email);
      if (known !== null) {
        for (const event of refusedCreations(viewer, known)) record(event);
        return takenError(viewer, known);
      }
      const now = clock.now();
      const { id } = await tx.user.create({
        data: {
          id: newId(now),
          email,
          name,
          role: request.role,
          grade: request.grade ?? "SENIOR",
          locale,
          passwordHash,
          passwordState: request.isOwnPassword === true ? "OWN" : FIRST,
          passwordSetAt: now,
          createdAt: now,
        },
      });
      await replaceSites(tx, id, siteIds);
      const user = await readUser(tx, id);
      record({
        type: "user.created",
        ...subjectOf(user),
        ...changesOf(null, facts(user), AUDITED_COLUMNS),
        details: {},
      });
      return user;
    });
    if (made instanceof ConflictError) throw made;
    return made;
  }

  /**
   * Changes a user. New rights or a new password end the user's sessions.
   *
   * @throws LAST_ADMIN, BAD_USER_INPUT, NOT_FOUND, or FORBIDDEN for rights
   *   at sites that are not the viewer's.
   */
  async update(viewer: Viewer, request: UpdateUserRequest): Promise<UserRow> {
    assertCan(viewer, "user:manage");
    const { audit, sessions } = this.#deps;
    const changed = await audit.changeAndRecord(viewer, async (tx, record) => {
      const before = isUuid(request.userId)
        ? await lockUser(tx, visibleUsers(viewer), request.userId)
        : null;
      if (before === null) throw new NotFoundError("user");
      assertOwnToChange(viewer, before, request);
      assertOthersPassword(viewer, before, request);
      const data = await this.#changesFor(request, before);
      await tx.user.update({ where: { id: before.id }, data });
      if (request.siteIds !== null && request.siteIds !== undefined)
        await replaceSites(
          tx,
          before.id,
          keptSites(viewer, before, request.siteIds),
        );
      const after = await readUser(tx, before.id);
      await assertAdminLeft(tx, before, after);
      const isPasswordNew = data.passwordHash !== undefined;
      if (isPasswordNew)
        await tx.knownDevice.deleteMany({ where: { userId: before.id } });
      if (isPasswordNew || rightsDiffer(before, after))
        await sessions.revokeAllOf(tx, before.id, sessionOf(viewer));
      record({
        type: "user.updated",
        ...subjectOf(after),
        ...changesOf(facts(before), facts(after), AUDITED_COLUMNS),
        details: { isPasswordNew },
      });
      return after;
    });
    if (given(request.password)) await this.#deps.forgetAttempts(changed.email);
    return changed;
  }

  /** The viewer's own language. */
  setLocale(viewer: Viewer, value: string): Promise<UserRow> {
    assertUser(viewer);
    const locale = checkLocale(value);
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await readUser(tx, viewer.userId);
      await tx.user.update({ where: { id: viewer.userId }, data: { locale } });
      const after = await readUser(tx, viewer.userId);
      record({
        type: "user.locale-changed",
        ...subjectOf(after),
        ...changesOf(facts(before), facts(after), AUDITED_COLUMNS),
        details: {},
      });
      return after;
    });
  }

  /** For the policy: nobody makes a password out of the hospital's name. */
  async #siteNames(siteIds: readonly string[]): Promise<string[]> {
    const sites = await this.#deps.client.site.findMany({
      where: { id: { in: [...siteIds] } },
      select: { code: true, name: true },
    });
    return sites.flatMap(({ code, name }) => [code, name]);
  }

  async #newHash(
    password: string,
    { email, name, sites }: UserWithSites,
    newName: string | null | undefined,
  ): Promise<string> {
    const siteIds = sites.map(({ siteId }) => siteId);
    return this.#deps.passwords.hash(
      password,
      {
        email,
        name: newName ?? name,
        siteNames: await this.#siteNames(siteIds),
      },
      "input.password",
    );
  }

  async #changesFor(
    request: UpdateUserRequest,
    before: UserWithSites,
  ): Promise<Prisma.UserUncheckedUpdateInput> {
    const { name, role, grade, isActive, locale, password } = request;
    return {
      ...(given(name) ? { name: checkName(name) } : {}),
      ...(given(role) ? { role } : {}),
      ...(given(grade) ? { grade } : {}),
      ...(given(isActive) ? { isActive } : {}),
      ...(given(locale) ? { locale: checkLocale(locale) } : {}),
      ...(given(password)
        ? {
            passwordHash: await this.#newHash(password, before, name),
            passwordState: FIRST,
            passwordSetAt: this.#deps.clock.now(),
          }
        : {}),
    };
  }
}

/**
 * Somebody whom the viewer may not see is not named, only refused: who works
 * at another hospital is not for this one to find out.
 */
function takenError(viewer: Viewer, known: UserWithSites): ConflictError {
  return isVisible(viewer, known)
    ? new ConflictError(
        "EMAIL_TAKEN",
        "Somebody with this email address exists already.",
      )
    : new ConflictError(
        "EMAIL_NOT_AVAILABLE",
        "This email address cannot be added at your sites. Ask whoever runs this installation.",
      );
}

/** The other hospital's trail says that somebody tried their person. */
function refusedCreations(
  viewer: Viewer,
  known: UserWithSites,
): AuditEventInput[] {
  if (isVisible(viewer, known)) return [];
  return known.sites.map(({ siteId }) => ({
    type: "user.create-refused",
    siteId,
    patientId: null,
    subject: { type: "user", id: known.id },
    details: { reason: "email-of-another-site" },
  }));
}

function matching(search: string | null | undefined): Prisma.UserWhereInput {
  const text = search?.trim() ?? "";
  if (text === "") return {};
  const contains = { contains: text, mode: "insensitive" } as const;
  return { OR: [{ name: contains }, { email: contains }] };
}

function facts(user: UserWithSites) {
  return { ...user, siteIds: siteIdsOf(user) };
}

/** Events about a person stand at that person's site, if there is one. */
function subjectOf(user: UserWithSites) {
  const [first, ...others] = user.sites;
  return {
    siteId: others.length === 0 ? (first?.siteId ?? null) : null,
    patientId: null,
    subject: { type: "user" as const, id: user.id },
  };
}

/** An admin who changes their own password stays signed in here. */
function sessionOf(viewer: Viewer): string | undefined {
  return viewer.kind === "user" ? viewer.sessionId : undefined;
}
