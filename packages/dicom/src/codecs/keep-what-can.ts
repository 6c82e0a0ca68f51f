import { DicomError } from "../errors.ts";
import type { CodecFrame } from "../pixels/frame.ts";

/** A decoded frame and what is damaged in its stream, in words. */
export interface DecodedFrame {
  frame: CodecFrame;
  damage: string | null;
}

/**
 * Decodes a picture part by part until its codes break off: a human can judge
 * what is there, if it is said that the rest is missing.
 *
 * @param end asks that the codes end where the picture does.
 * @returns what is damaged in words, null for nothing.
 * @throws DicomError `unreadable` where not even the first part can be read.
 */
export function keepWhatCan(
  parts: number,
  read: (part: number) => void,
  end: () => void,
): string | null {
  let part = 0;
  try {
    for (; part < parts; part++) read(part);
    end();
    return null;
  } catch (error) {
    if (!(error instanceof DicomError) || part === 0) throw error;
    if (error.code !== "unreadable") throw error;
    return inWords(error);
  }
}

/** What is wrong with a JPEG stream, as part of a sentence. */
export function inWords(error: DicomError): string {
  return error.message.replace(/^The JPEG stream /u, "").replace(/\.$/u, "");
}
