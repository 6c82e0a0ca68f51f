import { InferenceError } from "@lung-iris/inference";
import {
  ObjectStoreError,
  readWhole,
  type ObjectStore,
} from "../../platform/object-store.ts";
import type { DerivedFilms } from "./derived-films.ts";
import type { LyingFilm } from "./film-keys.ts";

/** Whose turn it is where films are decoded: those that are printed share one. */
const OWNER = "print";

/** What may be otherwise at a later try. */
const PASSING: readonly InferenceError["code"][] = ["busy", "timeout"];

/**
 * Draws films for paper. A film whose file is gone or broken is null: the
 * paper says so, and the words on it do not wait for a picture. A store that
 * does not answer is an error: a later try may succeed.
 */
export function drawsFilms(
  derived: DerivedFilms,
  store: ObjectStore,
): (film: LyingFilm) => Promise<Buffer | null> {
  return async (film) => {
    try {
      return await readWhole(store, await derived.print(film, OWNER));
    } catch (error) {
      const isGone =
        error instanceof ObjectStoreError && error.code === "missing";
      const isBroken =
        error instanceof InferenceError && !PASSING.includes(error.code);
      if (isGone || isBroken) return null;
      throw error;
    }
  };
}
