"use client";

import { useEffect, useRef } from "react";
import { nextKey, type WaitingKey } from "./key-queue.ts";

interface KeyQueueInput {
  can: Readonly<Record<WaitingKey, boolean>>;
  isComing: boolean;
  run: Readonly<Record<WaitingKey, () => void>>;
}

/**
 * Keeps keys that are typed faster than the server answers.
 * @returns acts on a key at once, or when its turn has come
 */
export function useKeyQueue(input: KeyQueueInput): (key: WaitingKey) => void {
  const { can, isComing, run } = input;
  const waiting = useRef<readonly WaitingKey[]>([]);
  const takeTurn = () => {
    const next = nextKey(waiting.current, can, isComing);
    waiting.current = next.waiting;
    if (next.run) run[next.run]();
  };
  // Each key changes the room, and the next one's turn is in that render.
  useEffect(takeTurn);
  return (key) => {
    waiting.current = [...waiting.current, key];
    takeTurn();
  };
}
