"use client";

import { useEffect, useSyncExternalStore } from "react";

/** What a person looked for among patients, by list, and which cases he passed. */
export type TabTextName = "worklist-search" | "audit-search" | "passed-cases";

const PREFIX = "lung-iris:";
const CHANNEL = "lung-iris:session";
const listeners = new Set<() => void>();

/**
 * A text that may name a patient. It is in no address, which history, logs
 * and other people's screens would keep, but in this tab's memory: a reload
 * finds it, and the end of the session or of the tab forgets it.
 */
export function useTabText(
  name: TabTextName,
): [string, (text: string) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => readTabText(name),
    () => "",
  );
  return [text, (next) => writeTabText(name, next)];
}

/**
 * Takes the search of an older address (a bookmark) into the tab's memory and
 * out of the address.
 */
export function useSearchOutOfAddress(name: TabTextName): void {
  useEffect(() => {
    const address = new URL(window.location.href);
    const search = address.searchParams.get("q");
    if (search === null) return;
    writeTabText(name, search);
    address.searchParams.delete("q");
    window.history.replaceState(null, "", address);
  }, [name]);
}

export function readTabText(name: TabTextName): string {
  return sessionStorage.getItem(PREFIX + name) ?? "";
}

export function writeTabText(name: TabTextName, text: string): void {
  if (text === readTabText(name)) return;
  if (text.trim() === "") sessionStorage.removeItem(PREFIX + name);
  else sessionStorage.setItem(PREFIX + name, text);
  for (const listener of listeners) listener();
}

const USER = "lung-iris:user";

/** What another person left in this tab is not for the one who is here now. */
export function claimTab(userId: string): void {
  if (typeof window === "undefined") return;
  if (sessionStorage.getItem(USER) === userId) return;
  if (sessionStorage.getItem(USER) !== null) sessionStorage.clear();
  sessionStorage.setItem(USER, userId);
}

/** Forgets whatever this tab remembers of patients. */
export function forgetTab(): void {
  sessionStorage.clear();
  for (const listener of listeners) listener();
}

/** The same for this person's other tabs, which must not outlive the session. */
export function forgetOtherTabs(): void {
  if (typeof BroadcastChannel === "undefined") return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("signed-out");
  channel.close();
}

/** Calls `then` when another tab has ended the session. */
export function onSignedOutElsewhere(then: () => void): () => void {
  if (typeof BroadcastChannel === "undefined") return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = then;
  return () => channel.close();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
