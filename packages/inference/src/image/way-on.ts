import type { InferenceErrorCode } from "../errors.ts";

/** What to do about a file that is not read, where its refusal does not say. */
const WAYS: Readonly<Partial<Record<InferenceErrorCode, string>>> = {
  unreadable:
    "Ask the sender for it again, uncompressed, or send the picture as PNG or JPEG with the patient's details.",
  "unsupported-format":
    "Save it as PNG or JPEG, or ask the sender for the DICOM file.",
  "not-a-radiograph":
    "Have the sender export it as MONOCHROME2, or send the picture as PNG with the patient's details.",
  "no-pixels":
    "Ask the sender for the file with the picture; this one may only point to it.",
  "too-large": "Ask the sender for a smaller copy of the picture.",
  "too-small":
    "It may be a preview: ask the sender for the film at its full size.",
};

/** Words with which a refusal already says how to go on. */
const SAYS_A_WAY = /\b(?:ask|have the sender|send the|save it|unpack)\b/iu;

/** The refusal with a way on at its end, as whole sentences. */
export function withWayOn(code: InferenceErrorCode, message: string): string {
  const way = WAYS[code];
  if (way === undefined || SAYS_A_WAY.test(message)) return message;
  const sentence = message.trim().replace(/[.:;,\s]*$/u, ".");
  return `${sentence} ${way}`;
}
