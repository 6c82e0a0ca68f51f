import {
  cache,
  Enums,
  imageLoader,
  metaData,
  utilities,
  type Types,
} from "@cornerstonejs/core";
import type { Film } from "../src/features/viewer/viewer-contract.ts";

const SCHEME = "film";

/** Paints a film where Cornerstone draws on the processor. */
export type Paint = (drawn: Types.CPUFallbackEnabledElement) => void;

interface StoredFilm {
  readonly film: Film;
  readonly paint: Paint;
  readonly frameOfReference: string;
}

/** Films handed to Cornerstone, by Cornerstone's image id. */
const films = new Map<string, StoredFilm>();

/** Teaches Cornerstone to load films that are already in memory. */
export function registerFilmLoader(): void {
  imageLoader.registerImageLoader(SCHEME, (imageId) => ({
    promise: new Promise((resolve, reject) => {
      const stored = films.get(imageId);
      if (stored) resolve(toImage(imageId, stored));
      else reject(new Error(`No film is held under ${imageId}`));
    }),
  }));
  metaData.addProvider(
    (type: string, imageId: unknown) =>
      typeof imageId === "string" ? metadata(type, imageId) : undefined,
    1,
  );
}

/** Holds a film; returns the id under which Cornerstone finds it. */
export function holdFilm(viewerId: string, film: Film, paint: Paint): string {
  const imageId = `${SCHEME}:${viewerId}/${film.id}`;
  films.set(imageId, { film, paint, frameOfReference: imageId });
  return imageId;
}

/** Lets a film go, from Cornerstone's cache too. */
export function releaseFilm(imageId: string): void {
  films.delete(imageId);
  if (cache.getImageLoadObject(imageId)) {
    cache.removeImageLoadObject(imageId, { force: true });
  }
}

/** Cornerstone's name for the shape of a film's window. */
export function voiFunction(film: Film): Enums.VOILUTFunctionType {
  return film.windowShape === "sigmoid"
    ? Enums.VOILUTFunctionType.SAMPLED_SIGMOID
    : Enums.VOILUTFunctionType.LINEAR;
}

function toImage(imageId: string, { film, paint }: StoredFilm): Types.IImage {
  const { width, height, pixels, window, maxValue } = film;
  const voxelManager = utilities.VoxelManager.createImageVoxelManager({
    scalarData: pixels,
    width,
    height,
    numberOfComponents: 1,
  });
  return {
    imageId,
    minPixelValue: 0,
    maxPixelValue: maxValue,
    slope: 1,
    intercept: 0,
    windowCenter: window.center,
    windowWidth: window.width,
    voiLUTFunction: voiFunction(film),
    getPixelData: () => pixels,
    getCanvas: () => document.createElement("canvas"),
    rows: height,
    columns: width,
    height,
    width,
    color: false,
    rgba: false,
    numberOfComponents: 1,
    rowPixelSpacing: film.pixelSpacing?.[0] ?? 1,
    columnPixelSpacing: film.pixelSpacing?.[1] ?? 1,
    invert: false,
    photometricInterpretation: "MONOCHROME2",
    sizeInBytes: pixels.byteLength,
    dataType: "Uint16Array",
    voxelManager,
    render: paint,
  };
}

/** The DICOM modules Cornerstone asks for, by its names for them. */
function metadata(type: string, imageId: string): unknown {
  const stored = films.get(imageId);
  if (!stored) return undefined;
  const { film, frameOfReference } = stored;
  switch (type) {
    case "imagePixelModule":
      return {
        bitsAllocated: 16,
        bitsStored: 16,
        highBit: 15,
        samplesPerPixel: 1,
        pixelRepresentation: 0,
        photometricInterpretation: "MONOCHROME2",
      };
    case "generalSeriesModule":
      return { modality: "DX", seriesInstanceUID: frameOfReference };
    case "imagePlaneModule":
      return {
        frameOfReferenceUID: frameOfReference,
        rows: film.height,
        columns: film.width,
        imagePositionPatient: [0, 0, 0],
        imageOrientationPatient: [1, 0, 0, 0, 1, 0],
        rowCosines: [1, 0, 0],
        columnCosines: [0, 1, 0],
        rowPixelSpacing: film.pixelSpacing?.[0] ?? 1,
        columnPixelSpacing: film.pixelSpacing?.[1] ?? 1,
      };
    default:
      return undefined;
  }
}
