export { makePhantom } from "./make-phantom.ts";
export { encodePhantomJpeg, encodePhantomPng } from "./encode/png.ts";
export type {
  Box,
  Build,
  LungSite,
  Marker,
  Pathology,
  Phantom,
  PhantomOptions,
  PhantomTruth,
  Sex,
  View,
} from "./types.ts";
