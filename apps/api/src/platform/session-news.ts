import { setTimeout as sleep } from "node:timers/promises";
import type { NotificationHub } from "./notification-hub.ts";
import type { Notice, SessionNotice } from "./notifications.ts";

/** How soon after a lost connection the news are asked for again. */
const AGAIN_MS = 250;

export interface SessionNewsReader {
  /** A session of the user ended, or the user's rights changed. */
  changed(userId: string): void;
  /** News were missed: whatever was known of anybody may be old. */
  missed(): void;
}

export interface SessionNews {
  /** Whether changes are being told now; what is kept may then be believed. */
  isHeard(): boolean;
  listen(reader: SessionNewsReader): void;
  stop(): void;
}

const isSession = (notice: Notice): notice is SessionNotice =>
  notice.topic === "session";

/** Passes on what the tables tell of sessions and users, for one process. */
export function hearSessionNews(notifications: NotificationHub): SessionNews {
  const readers: SessionNewsReader[] = [];
  const state = { isHeard: false, isStopped: false };
  void follow(notifications, state, readers);
  return {
    isHeard: () => state.isHeard,
    listen: (reader) => void readers.push(reader),
    stop: () => void (state.isStopped = true),
  };
}

async function follow(
  notifications: NotificationHub,
  state: { isHeard: boolean; isStopped: boolean },
  readers: readonly SessionNewsReader[],
): Promise<void> {
  while (!state.isStopped) {
    const news = notifications.subscribe(isSession);
    state.isHeard = notifications.isListening();
    for await (const { userId } of news)
      for (const reader of readers) reader.changed(userId);
    if (state.isHeard) for (const reader of readers) reader.missed();
    state.isHeard = false;
    await sleep(AGAIN_MS, undefined, { ref: false });
  }
}
