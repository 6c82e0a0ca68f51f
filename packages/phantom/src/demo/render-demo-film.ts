import { encodePhantomDicom } from "../encode/dicom.ts";
import { encodePhantomJpeg, encodePhantomPng } from "../encode/png.ts";
import { makePhantom } from "../make-phantom.ts";
import { makeNotAChest } from "../not-a-chest.ts";
import type { FilmPixels } from "../types.ts";
import type { DemoContent, DemoFilm } from "./demo-types.ts";

function draw(content: DemoContent): {
  film: FilmPixels;
  pixelSpacing: number | undefined;
} {
  switch (content.kind) {
    case "phantom": {
      const film = makePhantom(content.options);
      return { film, pixelSpacing: film.truth.pixelSpacing };
    }
    case "not-a-chest":
      return {
        film: makeNotAChest(content.what, content.seed),
        pixelSpacing: undefined,
      };
  }
}

/** The bytes of the file that a demo film is uploaded as. */
export async function renderDemoFilm(film: DemoFilm): Promise<Uint8Array> {
  const { film: picture, pixelSpacing } = draw(film.content);
  switch (film.format) {
    case "png":
      return encodePhantomPng(picture, { bits: 8 });
    case "jpeg":
      return encodePhantomJpeg(picture, { quality: 92 });
    case "dicom":
      return encodePhantomDicom(picture, film.patient, {
        ...film.dicomOptions,
        study: film.study,
        ...(pixelSpacing === undefined ? {} : { pixelSpacing }),
      });
  }
}
