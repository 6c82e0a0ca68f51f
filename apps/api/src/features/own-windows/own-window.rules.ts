import { BadInputError } from "../../errors.ts";

/** The keys that choose a window: 5 to 9. */
const FIRST_KEY = 5;
const LAST_KEY = 9;
/** Beyond these every film is one grey. */
const MAX_SHIFT = 5;
const MAX_WIDTH = 50;

/** A window in terms of a film's own, so that it fits every film. */
export interface OwnWindowRequest {
  key: number;
  /** From the film's own centre, in widths of its own window. */
  shift: number;
  /** In widths of the film's own window. */
  width: number;
}

/** @throws BAD_USER_INPUT naming what is out of range. */
export function checkKey(key: number): number {
  if (!Number.isInteger(key) || key < FIRST_KEY || key > LAST_KEY) {
    throw new BadInputError("A window is kept under a key from 5 to 9.", [
      "key",
    ]);
  }
  return key;
}

/** @throws BAD_USER_INPUT naming what is out of range. */
export function checkWindow(request: OwnWindowRequest): OwnWindowRequest {
  const { shift, width } = request;
  const key = checkKey(request.key);
  if (!(Math.abs(shift) <= MAX_SHIFT)) {
    throw new BadInputError("A window's shift is at most 5 either way.", [
      "shift",
    ]);
  }
  if (!(width > 0 && width <= MAX_WIDTH)) {
    throw new BadInputError("A window's width is above 0 and at most 50.", [
      "width",
    ]);
  }
  return { key, shift, width };
}
