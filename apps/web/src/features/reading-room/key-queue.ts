/** Keys that need the AI's answer or the claim, which may be on their way. */
export type WaitingKey = "confirm" | "partly" | "override" | "sign";

export interface NextKey {
  /** to act on now; null: none */
  readonly run: WaitingKey | null;
  readonly waiting: readonly WaitingKey[];
}

/**
 * The key whose turn it is, of those that were typed ahead. The first waits
 * for what is on its way; once nothing is and it still can not be done, it is
 * forgotten, with all that was typed after it. Nothing follows a signature.
 * @param isComing the server's answer is on its way
 */
export function nextKey(
  waiting: readonly WaitingKey[],
  can: Readonly<Record<WaitingKey, boolean>>,
  isComing: boolean,
): NextKey {
  const [first, ...rest] = waiting;
  if (first === undefined) return { run: null, waiting };
  if (can[first]) {
    return { run: first, waiting: first === "sign" ? [] : rest };
  }
  return { run: null, waiting: isComing ? waiting : [] };
}
