import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
} from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals a secret of somebody else's system (a mail server's password) for the
 * database: AES-256-GCM under a key of its own that comes of the desk's
 * secret. `place` is bound to it: sealed for one place it opens at no other.
 */
export function seal(
  master: string,
  place: string,
  plain: string,
): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyOf(master), nonce);
  cipher.setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return new Uint8Array([...nonce, ...sealed, ...cipher.getAuthTag()]);
}

/** What was sealed. Throws where the desk's secret or the place is another. */
export function unseal(
  master: string,
  place: string,
  sealed: Uint8Array,
): string {
  const bytes = Buffer.from(sealed);
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", keyOf(master), nonce);
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([
    decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)),
    decipher.final(),
  ]).toString("utf8");
}

function keyOf(master: string): Uint8Array {
  const info = "lung-iris sealed secrets";
  return new Uint8Array(hkdfSync("sha256", master, "", info, 32));
}
