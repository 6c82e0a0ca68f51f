import { createHash, randomBytes, randomUUID } from "node:crypto";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a client's id can be one of ours; others never reach the database. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}

/** Names a request in answers and logs. */
export function newRequestId(): string {
  return randomUUID();
}

/**
 * A UUID version 7 (RFC 9562): milliseconds since 1970, then random bits, so
 * that ids made later sort later.
 */
export function newId(now: Date): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}

/** The first id of version 7 that a moment can have: a bound for indexes. */
export function firstIdAt(time: Date): string {
  const hex = time.getTime().toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}

/** 256 random bits for bearer tokens and tickets. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** How secrets are stored: enough, since they are random and long. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
