import { setTimeout as sleep } from "node:timers/promises";
import { connectionConfig } from "@lung-iris/prisma";
import pg from "pg";
import type { Logger } from "pino";
import { NOTICE_CHANNEL, parseNotice, type Notice } from "./notifications.ts";
import { NoticeQueue, type NoticeSink } from "./notice-queue.ts";

const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 5_000;

/** One process's ear on the database, shared by all its subscribers. */
export interface NotificationHub {
  /** Resolves once the first LISTEN stands. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Whether notices are heard now: LISTEN stands and the line holds. */
  isListening(): boolean;
  /**
   * Notices from now on, until `return()` is called or the hub stops. After a
   * lost connection the sequence ends: what was missed is unknown, so the
   * subscriber asks again and sees the present state.
   */
  subscribe<T extends Notice>(
    accepts: (notice: Notice) => notice is T,
  ): AsyncIterableIterator<T>;
}

/** Listens on a connection of its own and reconnects with back-off. */
export function createNotificationHub(options: {
  databaseUrl: string;
  log: Logger;
}): NotificationHub {
  const { log } = options;
  const queues = new Set<NoticeSink>();
  let client: pg.Client | null = null;
  let stopped = false;

  const endQueues = (): void => {
    for (const queue of queues) queue.end();
    queues.clear();
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client({
      ...connectionConfig(options.databaseUrl),
      keepAlive: true,
      application_name: "lung-iris listener",
    });
    let lost = false;
    const onLost = (error?: Error): void => {
      if (lost || stopped) return;
      lost = true;
      client = null;
      log.warn({ err: error }, "the database's notices are interrupted");
      endQueues();
      void reconnect();
    };
    next.on("notification", ({ payload }) => {
      const notice = parseNotice(payload);
      if (notice) for (const queue of queues) queue.push(notice);
    });
    next.on("error", onLost);
    await next.connect();
    await next.query(`LISTEN ${NOTICE_CHANNEL}`);
    next.on("end", () => onLost());
    if (stopped) {
      await next.end();
      return;
    }
    client = next;
  };

  const reconnect = async (): Promise<void> => {
    let wait = FIRST_RETRY_MS;
    while (!stopped) {
      await sleep(wait, undefined, { ref: false });
      try {
        await connect();
        log.info("the database's notices are back");
        return;
      } catch {
        wait = Math.min(wait * 2, LONGEST_RETRY_MS);
      }
    }
  };

  return {
    start: connect,
    async stop() {
      stopped = true;
      endQueues();
      await client?.end();
      client = null;
    },
    isListening: () => client !== null && !stopped,
    subscribe<T extends Notice>(accepts: (notice: Notice) => notice is T) {
      const queue = new NoticeQueue<T>(accepts, () => queues.delete(queue));
      if (stopped || client === null) queue.end();
      else queues.add(queue);
      return queue;
    },
  };
}
