import { z } from "zod";
import type { SignedIn } from "../../testkit/viewers.ts";

export const KEEP = `mutation ($input: KeepReasonInput!) {
  keepReason(input: $input) { kind text } }`;
const KEPT = `query ($kind: KeptReasonKind!, $aboutId: ID!, $part: String) {
  keptReason(kind: $kind, aboutId: $aboutId, part: $part) { kind text keptAt } }`;

/** What a reason is for. */
export interface About {
  kind: string;
  aboutId: string;
  part?: string;
}

const answer = z.object({
  keptReason: z.object({ text: z.string() }).nullable(),
});

/** The reason that the server keeps for somebody, or null. */
export async function reasonFor(
  viewer: SignedIn,
  about: About,
): Promise<string | null> {
  const data = (await viewer.execute(KEPT, { ...about })).anyData();
  return answer.parse(data).keptReason?.text ?? null;
}

/** Has the server keep a reason that somebody typed. */
export async function keepReason(
  viewer: SignedIn,
  about: About,
  text: string,
): Promise<void> {
  (await viewer.execute(KEEP, { input: { ...about, text } })).anyData();
}
