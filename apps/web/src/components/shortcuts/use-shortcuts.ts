"use client";

import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useShortcutRegistry } from "./shortcut-provider.tsx";
import type { Shortcut } from "./shortcut-registry.ts";

/**
 * Puts shortcuts on the keyboard for as long as the component is on screen.
 * They appear by themselves in the `?` list and in the palette. The list may
 * be made anew on each render; `run` always is the latest one.
 */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const registry = useShortcutRegistry();
  const [owner] = useState(() => Symbol("shortcuts"));
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  const shape = JSON.stringify(shortcuts);
  useEffect(() => {
    registry.set(
      owner,
      latest.current.map((item) => current(item, latest)),
    );
  }, [registry, owner, shape]);
  useEffect(() => () => registry.remove(owner), [registry, owner]);
}

interface Latest {
  current: readonly Shortcut[];
}

/** The same shortcut, whose functions are looked up when the key is pressed. */
function current(shortcut: Shortcut, latest: Latest): Shortcut {
  const now = () => latest.current.find((item) => item.id === shortcut.id);
  return {
    ...shortcut,
    run: (press) => now()?.run(press),
    ...(shortcut.release
      ? { release: (heldMs: number) => now()?.release?.(heldMs) }
      : {}),
  };
}

const NONE: readonly Shortcut[] = [];

/** Everything that is on the keyboard now. */
export function useShortcutList(): readonly Shortcut[] {
  const registry = useShortcutRegistry();
  return useSyncExternalStore(registry.subscribe, registry.read, () => NONE);
}
