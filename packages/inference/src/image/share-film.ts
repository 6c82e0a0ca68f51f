import { findPictureText, type TextRegion } from "../text/picture-text.ts";
import type { Film } from "../types.ts";
import { decodeFilm } from "./decode-film.ts";
import { orientFilm, type FilmOrientation } from "./orient-film.ts";
import { renderFilm, type RenderOptions } from "./render-film.ts";

/** How a film is prepared to leave the house. */
export interface ShareOptions {
  /** In the film's own size. */
  render: Omit<RenderOptions, "maxSide">;
  /** Films with letters in them: kept back, or without the letters. */
  pictureText: "leave-out" | "blank";
  /** Whether the samples are wanted beside the picture. */
  withSamples: boolean;
}

/** A film that may leave, or word that it may not. */
export interface SharedFilm {
  /** Letters were found in it. */
  hasText: boolean;
  /** The picture file; null of a film that is kept back. */
  picture: Uint8Array | null;
  /** Grey samples row by row, a larger value is brighter; where wanted. */
  samples: Uint16Array | null;
  width: number;
  height: number;
  bitsStored: number;
  window: Film["window"];
  /** Millimetres a pixel [row, column], where known. */
  pixelSpacing: [number, number] | null;
}

/** Looks at a blanked film again: what is left may now stand out. */
const PASSES = 4;

/**
 * A film without the letters in it, as it lies. One that still shows some
 * after a few passes is kept back, whatever was asked for.
 *
 * It is looked at as it is stored, as it lies (letters of a mirrored film can
 * be read before or after that), and as whoever gets the picture file will see
 * it: deep pictures are seen through a window of their own, which shows what
 * the film's own window hides.
 */
export async function shareFilm(
  stored: Film,
  { render, pictureText, withSamples }: ShareOptions,
  orientation: FilmOrientation,
): Promise<SharedFilm> {
  const film = await withoutLetters(stored, pictureText, findPictureText);
  const lying = orientFilm(film.clean ?? stored, orientation);
  const turned =
    film.clean === null || lying === film.clean
      ? { hasText: false, clean: film.clean }
      : await withoutLetters(lying, pictureText, findPictureText);
  const picture = new PictureFile(render);
  const shown =
    turned.clean === null
      ? { hasText: false, clean: null }
      : await withoutLetters(turned.clean, pictureText, (one) =>
          picture.lettersOf(one),
        );
  const { clean } = shown;
  const { width, height, bitsStored, window, pixelSpacing } = lying;
  return {
    hasText: film.hasText || turned.hasText || shown.hasText,
    picture: clean === null ? null : picture.bytes,
    samples:
      clean === null || !withSamples ? null : new Uint16Array(clean.pixels),
    width,
    height,
    bitsStored,
    window,
    pixelSpacing: pixelSpacing ?? null,
  };
}

/** The picture file of a film, read again as its receiver reads it. */
class PictureFile {
  bytes: Uint8Array | null = null;

  constructor(private readonly render: ShareOptions["render"]) {}

  async lettersOf(film: Film): Promise<TextRegion[]> {
    this.bytes = await renderFilm(film, this.render);
    return findPictureText(await decodeFilm(this.bytes));
  }
}

/** Where letters stand, in pixels of the film that is looked at. */
type Look = (film: Film) => TextRegion[] | Promise<TextRegion[]>;

/** The film with black in place of letters; `clean` is null where it is kept back. */
async function withoutLetters(
  film: Film,
  pictureText: ShareOptions["pictureText"],
  look: Look,
): Promise<{ hasText: boolean; clean: Film | null }> {
  let regions = await look(film);
  if (regions.length === 0) return { hasText: false, clean: film };
  if (pictureText === "leave-out") return { hasText: true, clean: null };
  const clean: Film = { ...film, pixels: new Uint16Array(film.pixels) };
  for (let pass = 0; pass < PASSES && regions.length > 0; pass += 1) {
    blank(clean, regions);
    regions = await look(clean);
  }
  return { hasText: true, clean: regions.length === 0 ? clean : null };
}

function blank({ pixels, width }: Film, regions: readonly TextRegion[]): void {
  for (const region of regions)
    for (let row = region.y; row < region.y + region.height; row += 1) {
      const start = row * width + region.x;
      pixels.fill(0, start, start + region.width);
    }
}
