import { isPng } from "./png-damage.ts";

/** Type of a chunk behind its length (ISO/IEC 15948 5.3). */
const PHYSICAL = "pHYs";
const FIRST_CHUNK = 8;
const CHUNK_FRAME = 12;
const APP0 = 0xe0;
const SOS = 0xda;
/** Both are whole numbers of dots; farther apart is a mistake. */
const MAX_ASPECT = 4;

/**
 * Height of a pixel over its width as a PNG (pHYs) or JPEG (JFIF) states it, as
 * the picture is coded; 1 where nothing is said. Fax and film scanners of two
 * resolutions write such pictures.
 */
export function rasterAspect(bytes: Uint8Array): number {
  const density = isPng(bytes) ? ofPng(bytes) : ofJpeg(bytes);
  if (density === null || density.x <= 0 || density.y <= 0) return 1;
  // More dots a length make a smaller pixel.
  const aspect = density.x / density.y;
  return aspect <= MAX_ASPECT && aspect >= 1 / MAX_ASPECT ? aspect : 1;
}

interface Density {
  x: number;
  y: number;
}

function ofPng(bytes: Uint8Array): Density | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = FIRST_CHUNK;
  while (at + CHUNK_FRAME + 8 <= bytes.length) {
    const type = Buffer.from(bytes.subarray(at + 4, at + 8)).toString("latin1");
    if (type === "IDAT") return null;
    if (type === PHYSICAL)
      return { x: view.getUint32(at + 8), y: view.getUint32(at + 12) };
    at += CHUNK_FRAME + view.getUint32(at);
  }
  return null;
}

/** JFIF 1.02: units (0 is a proportion), then two densities. */
function ofJpeg(bytes: Uint8Array): Density | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  while (at + 18 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1];
    if (marker === SOS) return null;
    const name = Buffer.from(bytes.subarray(at + 4, at + 8)).toString("latin1");
    if (marker === APP0 && name === "JFIF")
      return { x: view.getUint16(at + 12), y: view.getUint16(at + 14) };
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return null;
}
