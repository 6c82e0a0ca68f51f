import { setTimeout as sleep } from "node:timers/promises";
import type { NotificationHub } from "../../platform/notification-hub.ts";
import type { Notice, PolicyNotice } from "../../platform/notifications.ts";

/** How soon after a lost connection the news are asked for again. */
const AGAIN_MS = 250;

const isPolicy = (notice: Notice): notice is PolicyNotice =>
  notice.topic === "policy";

/** What a process hears of changed policies. */
export interface PolicyNews {
  /** Whether changes are being told now; what is kept may then be believed. */
  isHeard(): boolean;
  stop(): void;
}

/**
 * Calls `forget` for each site whose policy changed, and without a site when
 * news may have been missed.
 */
export function hearPolicyNews(
  notifications: NotificationHub,
  forget: (siteId?: string) => void,
): PolicyNews {
  const state = { isHeard: false, isStopped: false };
  void follow(notifications, state, forget);
  return {
    isHeard: () => state.isHeard,
    stop: () => void (state.isStopped = true),
  };
}

async function follow(
  notifications: NotificationHub,
  state: { isHeard: boolean; isStopped: boolean },
  forget: (siteId?: string) => void,
): Promise<void> {
  while (!state.isStopped) {
    const news = notifications.subscribe(isPolicy);
    forget();
    state.isHeard = notifications.isListening();
    for await (const { siteId } of news) forget(siteId);
    state.isHeard = false;
    await sleep(AGAIN_MS, undefined, { ref: false });
  }
}
