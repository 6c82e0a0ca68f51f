import type {
  DatabaseClient,
  NotificationWay,
  NotificationWays,
  SmtpSecurity,
} from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleSiteIds } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { seal } from "../../platform/sealed-secret.ts";
import { findWays, lockWays, saveWays } from "./notification.store.ts";
import { openWay, placeOf, type WayDeps } from "./open-way.ts";
import { DeliveryFailure } from "./way-out.ts";

const LONGEST = 300;
const LEAST_SECRET = 16;
const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?$|^\[[0-9a-f:.]+\]$/i;
const ADDRESS = /^[^\s@<>"',;:]+@[^\s@<>"',;:]+$/u;
/** What of the ways stands in before and after: nothing secret. */
const COLUMNS = [
  "emailIsOn",
  "smtpHost",
  "smtpPort",
  "smtpSecurity",
  "smtpUser",
  "fromAddress",
  "webhookIsOn",
  "webhookUrl",
] as const;

/** How a site wants its notes to leave. */
export interface WaysRequest {
  siteId: string;
  /** The version that was read; 0 where there was none. */
  baseVersion: number;
  email: {
    isOn: boolean;
    host: string;
    port: number;
    security: SmtpSecurity;
    user: string;
    /** Null keeps the one that is there. */
    password: string | null;
    from: string;
  };
  webhook: {
    isOn: boolean;
    url: string;
    /** Null keeps the one that is there. */
    secret: string | null;
  };
}

export interface TestResult {
  isDelivered: boolean;
  /** What went wrong; null where nothing did. */
  problem: string | null;
}

export interface NotificationWaysDeps extends WayDeps {
  client: DatabaseClient;
  audit: AuditLog;
  /** The address of the pages. */
  deskUrl: string;
}

/** The ways by which notes leave a site: an admin sets and tries them. */
export class NotificationWaysService {
  readonly #deps: NotificationWaysDeps;

  constructor(deps: NotificationWaysDeps) {
    this.#deps = deps;
  }

  /** Null where nobody has set any: they are off. Throws NOT_FOUND. */
  read(viewer: Viewer, siteId: string): Promise<NotificationWays | null> {
    assertCan(viewer, "notification:manage", { what: "site", siteId });
    assertSite(viewer, siteId);
    return findWays(this.#deps.client, siteId);
  }

  /**
   * Sets them. A password is kept only for the server and name that it was
   * given for: with another, whoever may set the server could have it sent to
   * one of his own.
   *
   * @throws NOT_FOUND, WAYS_CHANGED or BAD_USER_INPUT.
   */
  save(viewer: Viewer, request: WaysRequest): Promise<NotificationWays> {
    const { siteId } = request;
    assertUserCan(viewer, "notification:manage", { what: "site", siteId });
    assertSite(viewer, siteId);
    const { audit } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await lockWays(tx, siteId);
      if ((before?.version ?? 0) !== request.baseVersion)
        throw new ConflictError(
          "WAYS_CHANGED",
          "Somebody else has changed this meanwhile. Load it again.",
        );
      const data = {
        siteId,
        version: request.baseVersion + 1,
        ...this.#email(request, before),
        ...this.#webhook(request, before),
      };
      const after = await saveWays(tx, data);
      record({
        type: "notification-ways.changed",
        siteId,
        patientId: null,
        subject: { type: "notification-ways", id: siteId },
        ...changesOf(before, after, COLUMNS),
        details: {
          version: after.version,
          isPasswordNew: (request.email.password ?? "") !== "",
          isSecretNew: (request.webhook.secret ?? "") !== "",
        },
      });
      return after;
    });
  }

  /**
   * Sends a test over a way as it is saved: e-mail to the viewer's own
   * address. Not being taken is an answer and no error.
   *
   * @throws NOT_FOUND, or WAY_CLOSED where it is off.
   */
  async test(
    viewer: Viewer,
    siteId: string,
    way: NotificationWay,
  ): Promise<TestResult> {
    assertUserCan(viewer, "notification:manage", { what: "site", siteId });
    assertSite(viewer, siteId);
    const { client, audit, clock, deskUrl } = this.#deps;
    const out = openWay(this.#deps, await findWays(client, siteId), way);
    if (out === null)
      throw new ConflictError("WAY_CLOSED", "Switch it on and save it first.");
    const site = await client.site.findUniqueOrThrow({ where: { id: siteId } });
    const user = await client.user.findUniqueOrThrow({
      where: { id: viewer.userId },
    });
    const now = clock.now();
    const result = await tried(() =>
      out.send({
        id: newId(now),
        kind: "TEST",
        isUrgent: false,
        createdAt: now,
        siteCode: site.code,
        link: deskUrl,
        to: { email: user.email, locale: user.locale },
      }),
    );
    await audit.changeAndRecord(viewer, (_tx, record) => {
      record({
        type: "notification-ways.tested",
        siteId,
        patientId: null,
        subject: { type: "notification-ways", id: siteId },
        details: { way, ok: result.isDelivered, problem: result.problem },
      });
      return Promise.resolve();
    });
    return result;
  }

  #email({ siteId, email }: WaysRequest, before: NotificationWays | null) {
    const host = trimmed(email.host, "input.email.host");
    const user = trimmed(email.user, "input.email.user");
    const from = trimmed(email.from, "input.email.from");
    const { isOn, port, security } = email;
    if (isOn || host !== null) {
      if (host === null || !HOST.test(host))
        throw bad(
          "Name the mail server, as a name or an address.",
          "email.host",
        );
      if (!Number.isInteger(port) || port < 1 || port > 65_535)
        throw bad("A port is a number from 1 to 65535.", "email.port");
      if (from === null || !ADDRESS.test(from))
        throw bad("Say from which address it comes.", "email.from");
    }
    const isSameServer =
      before?.smtpHost === host &&
      before.smtpPort === port &&
      before.smtpSecurity === security &&
      before.smtpUser === user;
    const given = email.password;
    const kept = isSameServer ? before.smtpPassword : null;
    const sealed =
      given === null || given === ""
        ? given === ""
          ? null
          : kept
        : seal(this.#deps.secret, placeOf(siteId, "smtp"), given);
    if (isOn && user !== null && sealed === null)
      throw bad(
        "Give the password of this name at this mail server.",
        "email.password",
      );
    return {
      emailIsOn: isOn,
      smtpHost: host,
      smtpPort: port,
      smtpSecurity: security,
      smtpUser: user,
      smtpPassword: user === null ? null : sealed,
      fromAddress: from,
    };
  }

  #webhook({ siteId, webhook }: WaysRequest, before: NotificationWays | null) {
    const url = trimmed(webhook.url, "input.webhook.url");
    const { isOn, secret } = webhook;
    if (url !== null && !isWebhookUrl(url))
      throw bad("Give an address such as https://host/path.", "webhook.url");
    if (secret !== null && secret !== "" && secret.length < LEAST_SECRET)
      throw bad(
        `A secret has at least ${String(LEAST_SECRET)} characters.`,
        "webhook.secret",
      );
    const sealed =
      secret === null || secret === ""
        ? (before?.webhookSecret ?? null)
        : seal(this.#deps.secret, placeOf(siteId, "webhook"), secret);
    if (isOn && url === null)
      throw bad("Give the address of the receiver.", "webhook.url");
    if (isOn && sealed === null)
      throw bad("Give the secret that signs what is sent.", "webhook.secret");
    return { webhookIsOn: isOn, webhookUrl: url, webhookSecret: sealed };
  }
}

/** Runs a try; a failure of the other side is its result. */
async function tried(send: () => Promise<void>): Promise<TestResult> {
  try {
    await send();
    return { isDelivered: true, problem: null };
  } catch (error) {
    if (!(error instanceof DeliveryFailure)) throw error;
    return { isDelivered: false, problem: error.message };
  }
}

function assertSite(viewer: Viewer, siteId: string): void {
  const visible = visibleSiteIds(viewer);
  if (isUuid(siteId) && (visible === null || visible.includes(siteId))) return;
  throw new NotFoundError("site");
}

function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return ["https:", "http:"].includes(protocol) && username + password === "";
}

function trimmed(text: string, field: string): string | null {
  const value = text.trim();
  if (value.length > LONGEST || /\p{C}/u.test(value))
    throw new BadInputError(
      `At most ${String(LONGEST)} characters, without line ends.`,
      [field],
    );
  return value === "" ? null : value;
}

function bad(message: string, field: string): BadInputError {
  return new BadInputError(message, [`input.${field}`]);
}
