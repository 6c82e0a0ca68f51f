"use client";

import type { KeptTextKind } from "../../gql/graphql.ts";
import { typedText } from "./kept-text.ts";
import { type Kept, useKept } from "./use-kept.ts";

interface KeptWords {
  caseId: string;
  kind: KeptTextKind;
  /** What of the case it is about; the case itself unless given. */
  aboutId?: string;
  /** What stands there already, of words that are changed. */
  start?: string;
  /** The name of the field. */
  label: string;
}

/**
 * Words in a field on a case, kept on the server from the first letter until
 * they are sent. To be sent by its `send`.
 */
export function useKeptText(words: KeptWords): Kept<string> {
  const { caseId, kind, aboutId = caseId, start = "", label } = words;
  return useKept({
    about: { caseId, kind, aboutId },
    start,
    toTyped: (text) => typedText(text, start),
    fromKept: ({ text }) => text,
    label,
  });
}
