import { crc32 } from "node:zlib";
import type { KnownValues } from "./known-values.ts";
import type { Leaks } from "./leak.ts";
import { noteBytes, type PixelBytes } from "./raw-text.ts";
import { unpacked } from "./unpacked.ts";

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1A\n", "latin1");
/** Length, type and checksum of a chunk (PNG 5.3). */
const FRAME = 12;
const HEADER_BYTES = 13;
/** 1,000 pixels a metre each way, which the encoder writes of every picture. */
const NO_SIZE = Buffer.from("000003e8000003e801", "hex");
/** Grey without alpha (PNG 11.2.1). */
const GREY = 0;

/**
 * A picture of an export is its size and its samples: the signature, IHDR,
 * IDAT, IEND and not a byte more. Chunks of text, time, colour profile, EXIF or
 * anybody's own are leaks whatever stands in them, as are bytes behind the
 * end, behind the packed samples, or more samples than the picture has.
 */
export function checkPng(
  entry: string,
  png: Buffer,
  {
    known,
    pixels,
    leaks,
  }: {
    known: KnownValues;
    pixels: PixelBytes;
    leaks: Leaks;
  },
): void {
  const packed: Buffer[] = [];
  let header: Buffer | null = null;
  let at = SIGNATURE.length;
  let isEnded = false;
  let hasSize = false;
  if (!png.subarray(0, at).equals(SIGNATURE))
    leaks.add(entry, "signature", "UNEXPECTED");
  while (!isEnded && at + FRAME <= png.length) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (at + FRAME + length > png.length) break;
    const name = /^[A-Za-z]{4}$/.test(type) ? `chunk ${type}` : "chunk";
    const checked = crc32(png.subarray(at + 4, at + 8 + length));
    if (checked !== png.readUInt32BE(at + 8 + length))
      leaks.add(entry, `${name}, checksum`, "HIDDEN_BYTES");
    if (type === "IHDR" && header === null && length === HEADER_BYTES)
      header = data;
    else if (type === "pHYs" && !hasSize && data.equals(NO_SIZE))
      hasSize = true;
    else if (type === "IDAT") packed.push(data);
    else if (type === "IEND" && length === 0) isEnded = true;
    else noteBytes(leaks, known, entry, name, data);
    at += FRAME + length;
  }
  if (at < png.length)
    noteBytes(leaks, known, entry, "behind the end", png.subarray(at));
  if (!isEnded || header === null) {
    leaks.add(entry, "end", "UNEXPECTED");
    return;
  }
  checkSamples(entry, header, Buffer.concat(packed), { pixels, leaks });
}

function checkSamples(
  entry: string,
  header: Buffer,
  packed: Buffer,
  { pixels, leaks }: { pixels: PixelBytes; leaks: Leaks },
): void {
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour, method, filter, interlace] = header.subarray(8);
  const isPlain =
    (depth === 8 || depth === 16) &&
    colour === GREY &&
    method === 0 &&
    filter === 0 &&
    interlace === 0;
  if (!isPlain) leaks.add(entry, "header", "UNEXPECTED");
  const expected = height * (1 + width * ((depth ?? 8) / 8));
  // One more than there may be: what is more shows, and is not unpacked.
  const { bytes: samples, hasMore } = unpacked(packed, "framed", expected + 1);
  if (hasMore) leaks.add(entry, "behind the samples", "HIDDEN_BYTES");
  if (samples.length !== expected) leaks.add(entry, "samples", "HIDDEN_BYTES");
  for (const kind of pixels.find(samples)) leaks.add(entry, "samples", kind);
}
