export {
  filmElements,
  SAMPLE_HEIGHT,
  SAMPLE_WIDTH,
  samplePixels,
  type WrittenFilm,
} from "./write/film-elements.ts";
export {
  writeDicom,
  type DicomElement,
  type DicomValue,
  type DicomWriteOptions,
} from "./write/write-dicom.ts";
export { uidFromName } from "./write/uid.ts";
