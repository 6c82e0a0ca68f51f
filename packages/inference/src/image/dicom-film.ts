import {
  developPicture,
  readDicomPicture,
  type DicomPicture,
} from "@lung-iris/dicom";

import type { Film, FilmWarning } from "../types.ts";
import type { FilmLimits } from "./film-limits.ts";
import { contradictsPolarity, polarityScore } from "./polarity.ts";
import { sampleGrid } from "./sample-grid.ts";

/**
 * Decodes a DICOM radiograph to grey pixels in the MONOCHROME2 sense.
 *
 * The film's anatomy decides whether it is stored inverted; where the tag says
 * otherwise, the warning `photometric-tag-contradicts-pixels` is set.
 *
 * @throws DicomError `not-a-radiograph`, `no-pixels`, `unreadable`,
 *   `unsupported-format`, `too-large`, `too-small`.
 */
export async function decodeDicom(
  bytes: Uint8Array,
  limits: FilmLimits,
): Promise<Film> {
  const picture = await readDicomPicture(bytes, limits);
  const { width, height, mapping, header, pixelSpacing } = picture;
  const contradicted = contradictsTag(picture);
  const developed = developPicture(
    picture,
    picture.taggedInverted !== contradicted,
  );
  const warnings: FilmWarning[] = [];
  if (contradicted) warnings.push("photometric-tag-contradicts-pixels");
  if (picture.wasColour) warnings.push("colour-converted-to-grey");
  if (picture.frames > 1) warnings.push("several-frames-first-used");
  if (picture.repaired || developed.windowReplaced) {
    warnings.push("header-repaired");
  }
  return {
    width,
    height,
    pixels: developed.pixels,
    maxValue: mapping.maxValue,
    bitsStored: mapping.bits,
    format: "dicom",
    window: developed.window,
    ...(pixelSpacing === undefined ? {} : { pixelSpacing }),
    header,
    warnings,
  };
}

function contradictsTag(picture: DicomPicture): boolean {
  const { width, height, words, mapping, taggedInverted } = picture;
  const sign = taggedInverted ? -1 : 1;
  const grid = sampleGrid(width, height, (index) => {
    const value = mapping.values[words[index] ?? 0] ?? 0;
    return value < 0 ? Number.NaN : sign * value;
  });
  return contradictsPolarity(polarityScore(grid));
}
