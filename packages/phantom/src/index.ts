export { makePhantom } from "./make-phantom.ts";
export { encodePhantomJpeg, encodePhantomPng } from "./encode/png.ts";
export { makeNotAChest, type NotAChestKind } from "./not-a-chest.ts";
export { encodePhantomDicom, type DicomOptions } from "./encode/dicom.ts";
export type { DicomPatient, DicomStudy } from "./encode/dicom-subject.ts";
export type {
  Box,
  Build,
  FilmPixels,
  LungSite,
  Marker,
  Pathology,
  Phantom,
  PhantomOptions,
  PhantomTruth,
  Sex,
  View,
} from "./types.ts";
export { demoPatients } from "./demo/demo-patients.ts";
export { renderDemoFilm } from "./demo/render-demo-film.ts";
export type {
  DemoContent,
  DemoFilm,
  DemoFlag,
  DemoPatient,
} from "./demo/demo-types.ts";
export { randomStream, type Random } from "./random.ts";
