import { createHash } from "node:crypto";

/**
 * A UID of our own making, the same for the same words: 2.25 and a UUID as
 * one decimal number (DICOM PS3.5 B.2, with the version bits of RFC 9562).
 */
export function madeUid(...words: string[]): string {
  const digest = createHash("sha256").update(words.join("\n")).digest();
  const uuid = digest.subarray(0, 16);
  uuid.writeUInt8((uuid.readUInt8(6) & 0x0f) | 0x80, 6);
  uuid.writeUInt8((uuid.readUInt8(8) & 0x3f) | 0x80, 8);
  return `2.25.${BigInt(`0x${uuid.toString("hex")}`).toString()}`;
}
