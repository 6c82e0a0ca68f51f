import { hashedKey } from "../../platform/object-store.ts";

/** The object under which a film's untouched bytes lie. */
export function filmKey(sha256: string): string {
  return hashedKey("films", sha256);
}

/**
 * The film's small JPEG. The version in this key and the next changes when
 * what is made changes, so that old objects are never taken for new ones.
 */
export function thumbnailKey(sha256: string): string {
  return hashedKey("thumbnails", sha256, ".v1.jpg");
}

/** The film's JPEG for a printed report. */
export function printKey(sha256: string): string {
  return hashedKey("prints", sha256, ".v1.jpg");
}

/** The film's decoded samples, gzipped. */
export function pixelsKey(sha256: string): string {
  return hashedKey("pixels", sha256, ".v1.gz");
}
