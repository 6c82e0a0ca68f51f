/** What a search field holds, beside what the page looks for. */
export interface SearchText {
  /** as it stands in the field */
  readonly typed: string;
  /** what the page last said that it looks for */
  readonly seen: string;
  /** what the field asked for and the page has not answered with yet */
  readonly asked: readonly string[];
}

/** A field that starts with what the page looks for. */
export function startSearch(searched: string): SearchText {
  return { typed: searched, seen: searched, asked: [] };
}

/** The field after its text was sent to the page. */
export function askSearch(state: SearchText, query: string): SearchText {
  if (query === state.seen && state.asked.length === 0) return state;
  return { ...state, asked: [...state.asked, query] };
}

/**
 * The field after the page said what it looks for. An answer to the field's
 * own question leaves what was typed meanwhile; anything else (Back, "Clear")
 * is written into it.
 */
export function followSearch(state: SearchText, searched: string): SearchText {
  if (searched === state.seen) return state;
  const place = state.asked.indexOf(searched);
  return place < 0
    ? startSearch(searched)
    : { ...state, seen: searched, asked: state.asked.slice(place + 1) };
}
