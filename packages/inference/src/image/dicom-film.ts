import {
  developPicture,
  readDicomPicture,
  type DevelopedPicture,
  type DicomPicture,
  type ModalityRule,
} from "@lung-iris/dicom";

import type { Film, FilmWarning } from "../types.ts";
import type { FilmLimits } from "./film-limits.ts";
import { contradictsTag, polarityScore } from "./polarity.ts";
import { sampleGrid } from "./sample-grid.ts";
import { isSquare, makeSquare } from "./square-pixels.ts";

/**
 * Decodes a DICOM radiograph to grey pixels in the MONOCHROME2 sense.
 *
 * Where the picture is surely a chest and its anatomy says that it is stored
 * inverted against its tag, the anatomy decides, and the warning
 * `photometric-tag-contradicts-pixels` is set.
 *
 * @throws DicomError `not-a-radiograph`, `no-pixels`, `unreadable`,
 *   `unsupported-format`, `too-large`, `too-small`.
 */
export async function decodeDicom(
  bytes: Uint8Array,
  limits: FilmLimits,
  rule: ModalityRule,
): Promise<Film> {
  const picture = await readDicomPicture(bytes, limits, rule);
  const { width, height, mapping, header, geometry, damage } = picture;
  const contradicted = isTagWrong(picture);
  const developed = developPicture(
    picture,
    picture.taggedInverted !== contradicted,
  );
  const film: Film = {
    width,
    height,
    pixels: developed.pixels,
    maxValue: mapping.maxValue,
    bitsStored: mapping.bits,
    format: "dicom",
    window: developed.window,
    ...(geometry.spacing === undefined
      ? {}
      : { pixelSpacing: geometry.spacing }),
    ...(geometry.kind === undefined ? {} : { spacingKind: geometry.kind }),
    ...(damage === null ? {} : { damage }),
    header,
    warnings: warningsOf(picture, developed, contradicted),
  };
  return makeSquare(film, geometry.aspect, limits);
}

function warningsOf(
  picture: DicomPicture,
  developed: DevelopedPicture,
  contradicted: boolean,
): FilmWarning[] {
  const { header, geometry, overlay } = picture;
  const said: readonly (readonly [FilmWarning, boolean])[] = [
    ["damaged-picture", picture.damage !== null],
    ["damage-would-not-show", !picture.damageShows],
    ["modality-overruled", picture.overruledModality !== null],
    ["photometric-tag-contradicts-pixels", contradicted],
    ["colour-converted-to-grey", picture.wasColour],
    ["several-frames-first-used", picture.frames > 1],
    ["header-repaired", picture.repaired || developed.windowReplaced],
    ["burned-in-annotation", header.burnedInAnnotation === true],
    ["age-contradicts-birth-date", header.ageContradictsBirthDate === true],
    ["overlay-planes", (overlay?.planes ?? 0) > 0],
    ["overlay-left-out", (overlay?.leftOut ?? 0) > 0],
    ["pixels-made-square", !isSquare(geometry.aspect)],
  ];
  return said.filter(([, holds]) => holds).map(([warning]) => warning);
}

function isTagWrong(picture: DicomPicture): boolean {
  const { width, height, words, mapping, taggedInverted, header } = picture;
  const sign = taggedInverted ? -1 : 1;
  const grid = sampleGrid(width, height, (index) => {
    const value = mapping.values[words[index] ?? 0] ?? 0;
    return value < 0 ? Number.NaN : sign * value;
  });
  return contradictsTag(polarityScore(grid), header.bodyPart);
}
