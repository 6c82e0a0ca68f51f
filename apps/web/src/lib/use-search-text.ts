"use client";

import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { askSearch, followSearch, startSearch } from "./search-text.ts";

/**
 * The text of a search field whose query lives elsewhere, in the address or
 * the tab. Typing is sent after a pause, without spaces at its ends; the field
 * keeps its element, and with it the focus.
 * @param searched what the page looks for now
 */
export function useSearchText(
  searched: string,
  onSearch: (query: string) => void,
  pauseMs: number,
): readonly [text: string, write: (text: string) => void] {
  const [kept, setState] = useState(() => startSearch(searched));
  const state = followSearch(kept, searched);
  if (state !== kept) setState(state);
  const send = useDebouncedCallback((text: string) => {
    const query = text.trim();
    setState((before) => askSearch(before, query));
    onSearch(query);
  }, pauseMs);
  const write = (text: string) => {
    setState((before) => ({ ...before, typed: text }));
    send(text);
  };
  return [state.typed, write];
}
