import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { PhantomOptions } from "@lung-iris/phantom";
import { z } from "zod";
import type { BarsDocument } from "../bars/bars-document.ts";
import type { KnownFilm } from "./known-film.ts";

/** Pixels of each side: more than any model here sees of a film. */
export const PHANTOM_SIDE = 512;
const SICK = [
  "consolidation",
  "bilateral-consolidation",
  "interstitial",
] as const;
/** The source of the drawn films, beside those of public collections. */
export const PHANTOM_SOURCE = "phantom";
/** Full years of the children and adults drawn, in turn. */
const CHILDREN = { from: 1, years: 14 };
const ADULTS = { from: 18, years: 70 };

const drawn = z.object({
  bytes: z.instanceof(Uint8Array),
  boxes: z.array(
    z.object({
      x: z.number(),
      y: z.number(),
      width: z.number(),
      height: z.number(),
    }),
  ),
  sex: z.enum(["F", "M"]),
  ageYears: z.number(),
});

/** What the film of a number shows: half are sick, half are children. */
export function phantomOptions(seed: number, at: number): PhantomOptions {
  const isSick = at % 2 === 1;
  const isChild = Math.floor(at / 2) % 2 === 0;
  const { from, years } = isChild ? CHILDREN : ADULTS;
  return {
    seed: seed + at,
    size: PHANTOM_SIDE,
    ageYears: from + ((at * 7) % years),
    sex: Math.floor(at / 4) % 2 === 0 ? "F" : "M",
    pathology: isSick
      ? (SICK[Math.floor(at / 2) % SICK.length] ?? "consolidation")
      : "none",
  };
}

/** The shipped reference films, the same bytes for the same seed. */
export async function* referenceFilms({
  films,
  seed,
}: BarsDocument["phantoms"]): AsyncGenerator<{
  film: KnownFilm;
  bytes: Uint8Array;
}> {
  const thread = new Worker(new URL("./phantom-thread.mjs", import.meta.url), {
    // Flags of the parent (loaders, test runners) are not for the thread.
    execArgv: [],
    name: "reference-films",
  });
  try {
    for (let at = 0; at < films; at += 1) {
      const options = phantomOptions(seed, at);
      thread.postMessage(options);
      // Rejects with the thread's error where it breaks.
      const answers: unknown[] = await once(thread, "message");
      const { bytes, boxes, sex, ageYears } = drawn.parse(answers[0]);
      const isSick = options.pathology !== "none";
      const film: KnownFilm = {
        set: "REFERENCE",
        patient: `phantom-${String(options.seed)}`,
        isSick,
        ageYears,
        sex,
        source: PHANTOM_SOURCE,
        regions: isSick ? boxes : [],
      };
      yield { film, bytes };
    }
  } finally {
    await thread.terminate();
  }
}
