import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { GoldenFilm } from "./make-golden-films.ts";

const filmsSchema = z.array(
  z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
);

/**
 * The shipped films, made in a thread of their own: meanwhile the worker must
 * go on telling the launcher that it lives.
 *
 * @throws whatever ended the thread.
 */
export async function goldenFilms(): Promise<GoldenFilm[]> {
  const thread = new Worker(new URL("golden-thread.mjs", import.meta.url));
  try {
    const [films] = (await once(thread, "message")) as unknown[];
    return filmsSchema.parse(films);
  } finally {
    await thread.terminate();
  }
}
