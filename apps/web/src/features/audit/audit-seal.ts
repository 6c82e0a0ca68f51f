/** The API's seal; sequence numbers are texts, they outgrow doubles. */
export interface Seal {
  verifiedAt: string | null;
  verifiedThrough: string | null;
  /** Also false before the first verification. */
  ok: boolean;
  brokenAt: string | null;
  /** What is wrong, in the API's words. */
  problem: string | null;
  headSeq: string;
  /** Checkpoints outside the database that it was compared with. */
  checkpoints: number;
}

export type SealState =
  | { kind: "never"; events: number }
  | {
      kind: "intact";
      at: string;
      through: string;
      added: number;
      checkpoints: number;
    }
  | {
      kind: "broken";
      at: string;
      brokenAt: string | null;
      problem: string | null;
    };

/** What the last verification means now. */
export function sealState(seal: Seal): SealState {
  const { verifiedAt, verifiedThrough, brokenAt, problem } = seal;
  if (verifiedAt === null)
    return { kind: "never", events: Number(seal.headSeq) };
  if (!seal.ok || brokenAt !== null) {
    return { kind: "broken", at: verifiedAt, brokenAt, problem };
  }
  const through = verifiedThrough ?? "0";
  return {
    kind: "intact",
    at: verifiedAt,
    through,
    added: Number(BigInt(seal.headSeq) - BigInt(through)),
    checkpoints: seal.checkpoints,
  };
}
