export { DicomError, type DicomErrorCode } from "./errors.ts";
export { looksLikeBareDicom } from "./file/bare-dicom.ts";
export { blankHeader } from "./header/blank-header.ts";
export type { ModalityRule } from "./header/radiograph-check.ts";
export {
  listHeader,
  type HeaderElement,
  type HeaderSubject,
  type HeaderList,
} from "./header/header-list.ts";
export { ageYears } from "./header/patient-age.ts";
export {
  DEFAULT_PICTURE_LIMITS,
  type PictureLimits,
} from "./picture-limits.ts";
export {
  developPicture,
  readDicomPicture,
  type DevelopedPicture,
  type DicomPicture,
} from "./picture.ts";
export { checkDimensions } from "./pixels/check-dimensions.ts";
export { luma } from "./pixels/frame.ts";
export { mainRun, valuesOf } from "./pixels/main-run.ts";
export {
  displayValue,
  percentileWindow,
  windowEnds,
  windowFromEnds,
} from "./pixels/window.ts";
export { findPictureTear } from "./codecs/picture-tear.ts";
export { findJpegDamage } from "./codecs/jpeg-damage.ts";
export type { SpacingKind } from "./pixels/pixel-geometry.ts";
export type {
  ExamTime,
  FilmIdentityHeader,
  NameParts,
  PersonNames,
  SeriesHeader,
} from "./header/identity-types.ts";
export type { DicomHeader, DisplayWindow } from "./types.ts";
