"use client";

import {
  type Dispatch,
  type SetStateAction,
  useEffect,
  useEffectEvent,
  useState,
} from "react";
import { useUnsaved } from "../../components/shell/unsaved-context.tsx";
import { useSaver } from "../../components/shell/use-saver.ts";
import { isFromElsewhere, isSameTyped, type Typed } from "./kept-text.ts";

/** How long nobody has to type before it is kept. */
const KEEP_AFTER_MS = 1_000;

/** What becomes of what is typed, in a word below it. */
interface KeptState {
  /** When the server last kept it; null when it keeps none. */
  keptAt: string | null;
  /** It was there when the page was opened: another day, desk or browser. */
  isRestored: boolean;
  /** The server could not keep the latest; it is tried again. */
  isUnkept: boolean;
  /** Back to where it began; the server forgets it. */
  discard: () => void;
}

/** Where words are kept on the server until they are sent. */
export interface KeptPlace<Found> {
  /** What the page knows the server to keep there. */
  found: Found | null;
  /** False until the server has said so for the first time. */
  isKnown: boolean;
  keep: (typed: Typed) => Promise<void>;
  /** They were sent: the server keeps none, and the page knows. */
  forget: () => void;
}

export interface Keeping<Value, Found> {
  /** Where nothing was typed. */
  start: Value;
  toTyped: (value: Value) => Typed;
  fromKept: (kept: Found) => Value;
  /** What is unsaved while the server cannot keep it, in the reader's words. */
  label: string;
}

export interface Kept<Value> extends KeptState {
  value: Value;
  setValue: Dispatch<SetStateAction<Value>>;
  /** Has the server keep at once what waits, as somebody leaves the field. */
  flush: () => void;
  /**
   * Sends it. Meanwhile nothing is kept, so that nothing comes back after the
   * server has dropped it; once it is sent the field is as it began.
   * @param isSent whether the answer says so, where a refusal is no exception
   */
  send: <Answer>(
    work: () => Promise<Answer>,
    isSent?: (answer: Answer) => boolean,
  ) => Promise<Answer>;
}

/**
 * What somebody types, kept in a place on the server until it is sent: a
 * reload, a crash, a sign-out or another desk find it again. The newest wins;
 * what another desk typed since is taken over where nothing was typed here.
 */
export function useKeptAt<Value, Found extends { keptAt: string }>(
  place: KeptPlace<Found>,
  of: Keeping<Value, Found>,
): Kept<Value> {
  const { start, toTyped, fromKept } = of;
  const { found, isKnown } = place;
  const known = found ? fromKept(found) : start;
  const [value, setValue] = useState(known);
  const atFirst = { value: known, wasThere: found !== null, isKnown };
  const [first, setFirst] = useState(atFirst);
  if (isKnown && !first.isKnown) setFirst(atFirst);
  const [before, setBefore] = useState(known);
  const [onItsWay, setOnItsWay] = useState<{ value: Value } | null>(null);
  const [isHeld, setHeld] = useState(false);
  const here = toTyped(value);
  const there = toTyped(known);
  if (!isSameTyped(there, toTyped(before))) {
    setBefore(known);
    const news = {
      here,
      there,
      before: toTyped(before),
      onItsWay: onItsWay && toTyped(onItsWay.value),
    };
    if (isFromElsewhere(news)) setValue(known);
  }

  const saver = useSaver(async (next: Value) => {
    setOnItsWay({ value: next });
    try {
      await place.keep(toTyped(next));
      setBefore(next);
    } finally {
      setOnItsWay(null);
    }
  }, KEEP_AFTER_MS);
  useUnsaved(of.label, saver.isUnsent);

  const keepOrNot = useEffectEvent(() => {
    if (isHeld || isSameTyped(here, there)) saver.cancel();
    else saver.save(value);
  });
  const hereText = JSON.stringify(here);
  const thereText = JSON.stringify(there);
  useEffect(() => keepOrNot(), [hereText, thereText, isHeld]);

  const forget = () => {
    setValue(start);
    setBefore(start);
    place.forget();
  };

  return {
    value,
    setValue,
    keptAt: found?.keptAt ?? null,
    isRestored: first.wasThere && value === first.value,
    isUnkept: saver.isUnsent,
    flush: saver.flush,
    discard: () => setValue(start),
    send: async (work, isSent = () => true) => {
      setHeld(true);
      saver.cancel();
      try {
        await saver.settled();
        const answer = await work();
        if (isSent(answer)) forget();
        return answer;
      } finally {
        setHeld(false);
      }
    },
  };
}
