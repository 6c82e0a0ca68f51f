import type { Image } from "@lung-iris/prisma";
import { hashedKey } from "../../platform/object-store.ts";
import {
  EVERY_WAY,
  orientationCode,
  type OrientedImage,
} from "./film-orientation.ts";

/** The object under which a film's untouched bytes lie. */
export function filmKey(sha256: string): string {
  return hashedKey("films", sha256);
}

/** A film's bytes, and how they are laid: another picture for each way. */
export type LyingFilm = OrientedImage & Pick<Image, "sha256">;

/**
 * The film's small JPEG. The version in this key and the next changes when
 * what is made changes, so that old objects are never taken for new ones.
 */
export function thumbnailKey(film: LyingFilm): string {
  return hashedKey("thumbnails", film.sha256, pictureSuffix(film));
}

/** The film's JPEG for a printed report. */
export function printKey(film: LyingFilm): string {
  return hashedKey("prints", film.sha256, pictureSuffix(film));
}

function pictureSuffix(film: LyingFilm): string {
  const code = orientationCode(film);
  return code === "" ? ".v1.jpg" : `.v1-${code}.jpg`;
}

/** The film's decoded samples, gzipped. */
export function pixelsKey(sha256: string): string {
  return hashedKey("pixels", sha256, ".v1.gz");
}

/** The PNG of the drawings over a film; empty of one that has none. */
export function drawingsKey(sha256: string): string {
  return hashedKey("drawings", sha256, ".v1.png");
}

/** A film's file without header values about some subjects. */
export function withoutValuesKey(
  sha256: string,
  hidden: readonly string[],
): string {
  return hashedKey("bare-films", sha256, `.without-${hidden.join("-")}.v1`);
}

/** What of a header somebody may not see, as `hiddenSubjects` says it. */
const HIDDEN = [
  ["other-person"],
  ["private"],
  ["other-person", "private"],
] as const;

/** Every key under which bytes of a film can lie, made or not: the file first. */
export function everyFilmKey(sha256: string): string[] {
  const ways = EVERY_WAY.map((way) => ({ sha256, ...way }));
  return [
    filmKey(sha256),
    pixelsKey(sha256),
    drawingsKey(sha256),
    ...ways.map(thumbnailKey),
    ...ways.map(printKey),
    ...HIDDEN.map((hidden) => withoutValuesKey(sha256, hidden)),
  ];
}
