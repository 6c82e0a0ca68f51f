import { readDicomPicture } from "@lung-iris/dicom";
import sharp from "sharp";

import { readSignature } from "./file-signature.ts";
import { DEFAULT_FILM_LIMITS, type FilmLimits } from "./film-limits.ts";
import { isSquare } from "./square-pixels.ts";

/** White where something is drawn, transparent elsewhere. */
const WHITE = 255;

/**
 * The drawings over a film (overlay planes of group 60xx) as a PNG of the size
 * at which the film itself is shown: white lines, all else transparent. Null
 * where there are none. They were drawn by somebody else, so that neither the
 * model nor an export sees them.
 */
export async function renderDrawings(
  bytes: Uint8Array,
  limits: Partial<FilmLimits> = {},
): Promise<Uint8Array | null> {
  if (readSignature(bytes).film !== "dicom") return null;
  const { overlay, width, height, geometry } = await readDicomPicture(
    bytes,
    { ...DEFAULT_FILM_LIMITS, ...limits },
    "may-be-overruled",
  );
  if (overlay === null || overlay.planes === 0) return null;
  const { drawn } = overlay;
  const samples = new Uint8Array(drawn.length * 2);
  for (let at = 0; at < drawn.length; at++) {
    if (drawn[at] === 0) continue;
    samples[2 * at] = WHITE;
    samples[2 * at + 1] = WHITE;
  }
  const image = sharp(samples, {
    raw: { width, height, channels: 2 },
    limitInputPixels: false,
  });
  const { aspect } = geometry;
  const shown = isSquare(aspect)
    ? image
    : // Neither blurred nor thinned: a line stays a line.
      image.resize({
        width: aspect < 1 ? Math.round(width / aspect) : width,
        height: aspect > 1 ? Math.round(height * aspect) : height,
        fit: "fill",
        kernel: "nearest",
      });
  return new Uint8Array(await shown.png({ compressionLevel: 6 }).toBuffer());
}
