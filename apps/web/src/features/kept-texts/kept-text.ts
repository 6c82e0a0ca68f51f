import type {
  KeepTextInput,
  KeptDraftsFragment,
  KeptTextKind,
  KeptTextsFragment,
} from "../../gql/graphql.ts";

/** A text as the server keeps it; an amendment with its draft. */
export type KeptText = KeptTextsFragment["keptTexts"][number] &
  Partial<Pick<KeptDraftsFragment["keptTexts"][number], "draft">>;

/** What words are for: one text at most is kept for it. */
export interface KeptFor {
  caseId: string;
  kind: KeptTextKind;
  /** What of the case it is about: a version, a comment, a critical result. */
  aboutId: string;
}

/** What is sent of it to be kept; all of it empty where nothing is left. */
export type Typed = Required<Pick<KeepTextInput, "text" | "draft">>;

export const NOTHING_TYPED: Typed = { text: "", draft: null };

/** The text that is kept for something; null where none is. */
export function keptFor(
  texts: readonly KeptText[],
  { kind, aboutId }: KeptFor,
): KeptText | null {
  return (
    texts.find((text) => text.kind === kind && text.aboutId === aboutId) ?? null
  );
}

/**
 * What is typed of a text that stands somewhere already, or that is to be
 * written: as it stood at first there is nothing to keep.
 */
export function typedText(text: string, start: string): Typed {
  return text.trim() === start.trim() ? NOTHING_TYPED : { text, draft: null };
}

/** Whether two say the same to the server. */
export function isSameTyped(one: Typed, other: Typed): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * Whether the page takes over what the server keeps: another desk went on, or
 * sent it, and nothing was typed here since. What this page itself has on its
 * way is no news to it.
 */
export function isFromElsewhere(of: {
  /** on the screen */
  here: Typed;
  /** what this page last knew the server to keep */
  before: Typed;
  /** what the server keeps */
  there: Typed;
  /** what this page is just sending; null without */
  onItsWay: Typed | null;
}): boolean {
  const { here, before, there, onItsWay } = of;
  if (isSameTyped(there, before) || !isSameTyped(here, before)) return false;
  return onItsWay === null || !isSameTyped(there, onItsWay);
}
