import { createHash } from "node:crypto";

/**
 * A UID under 2.25, the root of UIDs made of UUIDs (DICOM PS3.5, B.2), from a
 * name: the same name gives the same UID. The digest is dressed as a UUID of
 * version 8 (RFC 9562, 5.8: content of one's own making).
 */
export function uidFromName(name: string): string {
  const digest = createHash("sha256").update(name, "utf8").digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  return `2.25.${BigInt(`0x${digest.subarray(0, 16).toString("hex")}`)}`;
}
