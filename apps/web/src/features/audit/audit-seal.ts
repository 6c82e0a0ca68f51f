/** The API's seal; sequence numbers are texts, they outgrow doubles. */
export interface Seal {
  verifiedAt: string | null;
  verifiedThrough: string | null;
  ok: boolean | null;
  brokenAt: string | null;
  headSeq: string;
}

export type SealState =
  | { kind: "never"; events: number }
  | { kind: "intact"; at: string; through: string; added: number }
  | { kind: "broken"; at: string | null; brokenAt: string | null };

/** What the last verification means now. */
export function sealState(seal: Seal): SealState {
  if (seal.ok === false || seal.brokenAt !== null) {
    return { kind: "broken", at: seal.verifiedAt, brokenAt: seal.brokenAt };
  }
  if (seal.verifiedAt === null || seal.ok === null) {
    return { kind: "never", events: Number(seal.headSeq) };
  }
  const through = seal.verifiedThrough ?? "0";
  return {
    kind: "intact",
    at: seal.verifiedAt,
    through,
    added: Number(BigInt(seal.headSeq) - BigInt(through)),
  };
}
