"use client";

import { useState } from "react";
import type { CaseStateFieldsFragment } from "../../gql/graphql.ts";

export interface SeenVersion {
  /** The version of the case that the reader has looked at. */
  version: number;
  /** The case changed since, and not by this reader. */
  isStale: boolean;
  /** Takes over a change that came of the reader's own action. */
  noteOwn: (state: Pick<CaseStateFieldsFragment, "version">) => void;
  /** The reader has looked at what changed. */
  accept: () => void;
}

/**
 * Which version of a case the reader's decision rests on. News from others
 * never raises it by itself: a signature must not cover what was not seen.
 */
export function useSeenVersion(current: number): SeenVersion {
  const [seen, setSeen] = useState(current);
  return {
    version: seen,
    isStale: current > seen,
    // One step is the reader's own; more means that somebody was in between.
    noteOwn: ({ version }) =>
      setSeen((before) => (version === before + 1 ? version : before)),
    accept: () => setSeen(current),
  };
}
