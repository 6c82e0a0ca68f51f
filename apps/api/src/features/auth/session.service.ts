import type { DatabaseClient, Tx } from "@lung-iris/prisma";
import { userViewer } from "../../access/viewer.ts";
import type { Origin, UserViewer } from "../../access/viewer.ts";
import {
  unsafeFindSessionById,
  unsafeFindSessionByTokenHash,
} from "../../access/unsafe.ts";
import {
  SESSION_IDLE_SECONDS,
  SESSION_LIFETIME_SECONDS,
  TICKET_SECONDS,
} from "../../config.ts";
import { addSeconds } from "../../platform/clock.ts";
import type { Clock } from "../../platform/clock.ts";
import { hashSecret, newSecret } from "../../platform/ids.ts";
import type { SessionNews } from "../../platform/session-news.ts";
import { KnownSessions } from "./known-sessions.ts";

/** `lastSeenAt` is written at most this often, not at every request. */
const SEEN_EVERY_SECONDS = 60;

type SessionRow = NonNullable<
  Awaited<ReturnType<typeof unsafeFindSessionById>>
>;

export interface SessionRules {
  /** Whether demo users exist here; without, their sessions are dead. */
  isDemo: boolean;
  /** How long a given password is good for signatures. */
  signatureProofSeconds: number;
}

/** How a session came about, and what its owner is told. */
export interface SessionStart {
  isByPassword: boolean;
  /** When the person proved who they are; null when nobody knows. */
  provedAt: Date | null;
  failedBefore: number;
  lastFailedAt: Date | null;
}

export interface OpenedSession {
  token: string;
  expiresAt: Date;
}

/** Sessions and the tickets of their WebSockets. */
export class SessionService {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;
  readonly #rules: SessionRules;
  /** Null for commands, which ask once. */
  readonly #known: KnownSessions<SessionRow> | null;

  constructor(
    client: DatabaseClient,
    clock: Clock,
    rules: SessionRules,
    news: SessionNews | null = null,
  ) {
    this.#client = client;
    this.#clock = clock;
    this.#rules = rules;
    this.#known = news === null ? null : new KnownSessions(news);
  }

  /** The viewer behind a bearer token, or null when the session is over. */
  async authenticate(
    token: string,
    origin: Origin,
  ): Promise<UserViewer | null> {
    const hash = hashSecret(token);
    const read = () => unsafeFindSessionByTokenHash(this.#client, hash);
    const session = await (this.#known?.get(hash, read) ?? read());
    return this.#viewerOf(session, origin);
  }

  /** The same for a session known by its id: an open WebSocket's. */
  async resume(sessionId: string, origin: Origin): Promise<UserViewer | null> {
    const session = await unsafeFindSessionById(this.#client, sessionId);
    return this.#viewerOf(session, origin);
  }

  /** Opens a session; the token leaves the process only in the answer. */
  async open(
    tx: Tx,
    userId: string,
    start: SessionStart,
  ): Promise<OpenedSession> {
    const now = this.#clock.now();
    const token = newSecret();
    const expiresAt = addSeconds(now, SESSION_LIFETIME_SECONDS);
    await tx.session.create({
      data: {
        userId,
        tokenHash: hashSecret(token),
        createdAt: now,
        lastSeenAt: now,
        expiresAt,
        ...start,
      },
    });
    return { token, expiresAt };
  }

  /** The person gave the password again; until when signatures are taken. */
  async notePassword(tx: Tx, sessionId: string): Promise<Date> {
    const provedAt = this.#clock.now();
    const { userId } = await tx.session.update({
      where: { id: sessionId },
      data: { provedAt },
    });
    this.#known?.holdBack(userId);
    return addSeconds(provedAt, this.#rules.signatureProofSeconds);
  }

  #signsUntil(provedAt: Date | null): Date | null {
    return provedAt === null
      ? null
      : addSeconds(provedAt, this.#rules.signatureProofSeconds);
  }

  /** What was tried between the person's last session and this one. */
  failuresBefore(
    sessionId: string,
  ): Promise<{ failedBefore: number; lastFailedAt: Date | null }> {
    return this.#client.session.findUniqueOrThrow({
      where: { id: sessionId },
      select: { failedBefore: true, lastFailedAt: true },
    });
  }

  async revoke(tx: Tx, sessionId: string): Promise<void> {
    const { userId } = await tx.session.update({
      where: { id: sessionId },
      data: { revokedAt: this.#clock.now() },
    });
    this.#known?.holdBack(userId);
  }

  /** Ends every session of a user whose rights or password changed. */
  async revokeAllOf(tx: Tx, userId: string, except?: string): Promise<void> {
    await tx.session.updateMany({
      where: {
        userId,
        revokedAt: null,
        ...(except === undefined ? {} : { id: { not: except } }),
      },
      data: { revokedAt: this.#clock.now() },
    });
    this.#known?.holdBack(userId);
  }

  /** A ticket for one WebSocket; clears those that nobody used. */
  async createTicket(tx: Tx, sessionId: string): Promise<OpenedSession> {
    const now = this.#clock.now();
    const token = newSecret();
    const expiresAt = addSeconds(now, TICKET_SECONDS);
    await tx.subscriptionTicket.deleteMany({
      where: { expiresAt: { lt: now } },
    });
    await tx.subscriptionTicket.create({
      data: { tokenHash: hashSecret(token), sessionId, expiresAt },
    });
    return { token, expiresAt };
  }

  /** Uses a ticket up; null when it is unknown, used or too old. */
  async redeemTicket(
    ticket: string,
    origin: Origin,
  ): Promise<UserViewer | null> {
    const now = this.#clock.now();
    // One statement, so that of two connections with one ticket one wins.
    const rows = await this.#client.$queryRaw<{ sessionId: string }[]>`
      DELETE FROM "SubscriptionTicket"
      WHERE "tokenHash" = ${hashSecret(ticket)} AND "expiresAt" > ${now}
      RETURNING "sessionId"`;
    const sessionId = rows[0]?.sessionId;
    return sessionId === undefined ? null : this.resume(sessionId, origin);
  }

  async #viewerOf(
    session: SessionRow | null,
    origin: Origin,
  ): Promise<UserViewer | null> {
    const now = this.#clock.now();
    if (session === null || !isLive(session, now)) return null;
    if (session.user.isDemo && !this.#rules.isDemo) return null;
    if (addSeconds(session.lastSeenAt, SEEN_EVERY_SECONDS) <= now) {
      // updateMany: a session ended meanwhile is no error.
      await this.#client.session.updateMany({
        where: { id: session.id },
        data: { lastSeenAt: now },
      });
      session.lastSeenAt = now; // the row may be kept for the next request
    }
    const { user } = session;
    return userViewer(
      {
        userId: user.id,
        sessionId: session.id,
        name: user.name,
        email: user.email,
        role: user.role,
        grade: user.grade,
        siteIds: user.sites.map(({ siteId }) => siteId),
        sessionExpiresAt: session.expiresAt,
        signsUntil: this.#signsUntil(session.provedAt),
        isByPassword: session.isByPassword,
        mustChangePassword:
          session.isByPassword && user.passwordState !== "OWN",
      },
      origin,
    );
  }
}

function isLive(session: SessionRow, now: Date): boolean {
  return (
    session.revokedAt === null &&
    session.user.isActive &&
    session.expiresAt > now &&
    addSeconds(session.lastSeenAt, SESSION_IDLE_SECONDS) > now
  );
}
