import {
  createCipheriv,
  createDecipheriv,
  hkdfSync,
  randomBytes,
} from "node:crypto";

/**
 * Files of an encrypted copy: a salt, then pieces of 64 KB, each AES-256-GCM
 * with its tag behind it. The nonce of a piece is its number and whether it
 * is the last (the STREAM construction of Hoang, Reyhanitabar, Rogaway and
 * Vizár, 2015), so that pieces can be neither reordered nor cut off; the key
 * is the file's own, from its salt and its path, so that files cannot trade
 * places.
 */
const PIECE = 64 * 1024;
const SALT_BYTES = 16;
const TAG_BYTES = 16;

/** What was read is not what was sealed under this passphrase. */
export class SealError extends Error {
  override readonly name = "SealError";
}

function fileKey(master: Buffer, salt: Buffer, path: string): Buffer {
  const info = `lung-iris backup file\n${path}`;
  return Buffer.from(hkdfSync("sha256", master, salt, info, 32));
}

function nonceOf(piece: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(piece, 5, 6);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

/** Encrypts a stream of bytes; memory use does not grow with size. */
export function sealing(master: Buffer, path: string) {
  return async function* seal(
    source: AsyncIterable<Buffer>,
  ): AsyncGenerator<Buffer> {
    const salt = randomBytes(SALT_BYTES);
    const key = fileKey(master, salt, path);
    yield salt;
    let number = 0;
    for await (const { bytes, isLast } of pieces(source, PIECE)) {
      const cipher = createCipheriv(
        "aes-256-gcm",
        key,
        nonceOf(number, isLast),
      );
      yield Buffer.concat([
        cipher.update(bytes),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      number += 1;
    }
  };
}

/**
 * Decrypts what `sealing` wrote.
 *
 * @throws SealError for another passphrase, and for bytes changed or missing.
 */
export function opening(master: Buffer, path: string) {
  return async function* open(
    source: AsyncIterable<Buffer>,
  ): AsyncGenerator<Buffer> {
    const { head: salt, rest } = await cutHead(source, SALT_BYTES);
    const key = fileKey(master, salt, path);
    let number = 0;
    for await (const { bytes, isLast } of pieces(rest, PIECE + TAG_BYTES)) {
      yield openPiece(key, nonceOf(number, isLast), bytes, path);
      number += 1;
    }
  };
}

function openPiece(key: Buffer, nonce: Buffer, bytes: Buffer, path: string) {
  const end = bytes.length - TAG_BYTES;
  try {
    if (end < 0) throw new Error("shorter than its tag");
    const decipher = createDecipheriv("aes-256-gcm", key, nonce);
    decipher.setAuthTag(bytes.subarray(end));
    return Buffer.concat([
      decipher.update(bytes.subarray(0, end)),
      decipher.final(),
    ]);
  } catch (cause) {
    throw new SealError(
      `${path} cannot be decrypted: the passphrase is another one, or the file was changed.`,
      { cause },
    );
  }
}

/** Pieces of one size and a last one, which may be empty, smaller or full. */
async function* pieces(
  source: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<{ bytes: Buffer; isLast: boolean }> {
  let kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    kept.push(chunk);
    length += chunk.length;
    if (length <= size) continue;
    let whole = Buffer.concat(kept);
    // One byte more than a piece must be there to know it is not the last.
    for (; whole.length > size; whole = whole.subarray(size))
      yield { bytes: whole.subarray(0, size), isLast: false };
    kept = [whole];
    length = whole.length;
  }
  yield { bytes: Buffer.concat(kept), isLast: true };
}

async function cutHead(source: AsyncIterable<Buffer>, size: number) {
  const iterator = source[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < size) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* rest(): AsyncGenerator<Buffer> {
    if (head.length > size) yield head.subarray(size);
    for (;;) {
      const next = await iterator.next();
      if (next.done === true) return;
      yield next.value;
    }
  }
  return { head: head.subarray(0, size), rest: rest() };
}
