"use client";

import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useIsOnline } from "./graphql-provider.tsx";

export interface Saver<Value> {
  /** Sends this once nothing newer came for a while. */
  save: (value: Value) => void;
  /** Sends at once what waits. */
  flush: () => void;
  /** Sends nothing of what waits, and tries nothing again. */
  cancel: () => void;
  /** Done when what is on its way has arrived or failed. */
  settled: () => Promise<void>;
  /** The server could not take the latest; it is tried again. */
  isUnsent: boolean;
}

const TRY_AGAIN_MS = 5_000;

/**
 * Brings what is typed to the server: after a pause, and at once where the
 * page goes or is hidden. What could not be sent is tried again, by the clock
 * and when the line is back; nothing of it stays in the browser.
 * @param send throws where the server did not take it
 * @param delayMs how long nobody has to type before it is sent
 */
export function useSaver<Value>(
  send: (value: Value) => Promise<void>,
  delayMs: number,
): Saver<Value> {
  const [isUnsent, setUnsent] = useState(false);
  const latest = useRef<{ value: Value } | null>(null);
  const onItsWay = useRef<Promise<void>>(Promise.resolve());
  const deliver = async (value: Value): Promise<void> => {
    try {
      await send(value);
      setUnsent(false);
    } catch {
      setUnsent(true);
    }
  };
  const debounced = useDebouncedCallback(
    (value: Value) => {
      onItsWay.current = deliver(value);
    },
    { delay: delayMs, flushOnUnmount: true },
  );
  const save = (value: Value) => {
    latest.current = { value };
    debounced(value);
  };
  const isOnline = useIsOnline();
  const tryAgain = useEffectEvent(() => {
    if (isUnsent && latest.current) save(latest.current.value);
  });
  useEffect(() => {
    if (isOnline) tryAgain();
  }, [isOnline]);
  useEffect(() => {
    if (!isUnsent) return;
    const timer = setInterval(() => tryAgain(), TRY_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isUnsent]);
  const flush = useEffectEvent(() => debounced.flush());
  useEffect(() => {
    const leave = () => flush();
    const hide = () => {
      if (document.visibilityState === "hidden") flush();
    };
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", hide);
    return () => {
      window.removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", hide);
    };
  }, []);
  return {
    save,
    flush: () => debounced.flush(),
    cancel: () => {
      debounced.cancel();
      latest.current = null;
      setUnsent(false);
    },
    settled: () => onItsWay.current,
    isUnsent,
  };
}
