import { z } from "zod";
import { event, someOf } from "./define-event.ts";

const state = someOf({
  state: z.enum(["QUEUED", "RUNNING", "PAUSED", "STOPPED", "DONE", "FAILED"]),
});

const run = {
  kind: z.enum(["RECALIBRATE", "FINE_TUNE"]),
  /** The candidate's name. */
  name: z.string(),
};

const command = {
  version: 1,
  details: z.strictObject(run),
  changed: state,
} as const;

/** How a candidate comes to be, from a frozen dataset. */
export const trainingEvents = [
  event("training.requested", "training", {
    version: 1,
    details: z.strictObject({
      ...run,
      datasetId: z.string(),
      datasetSha256: z.string(),
      base: z.string(),
      baseFingerprint: z.string(),
      barsVersion: z.int(),
      seed: z.int(),
      settings: z.record(z.string(), z.json()),
      /** Films that may be taught, and those that never are. */
      films: z.int(),
      evergreen: z.int(),
    }),
    changed: state,
  }),
  event("training.started", "training", {
    version: 1,
    details: z.strictObject({
      ...run,
      trainer: z.string(),
      codeVersion: z.string(),
      /** Where it went on; null: at the beginning. */
      from: z.string().nullable(),
    }),
    changed: state,
  }),
  event("training.paused", "training", command),
  event("training.resumed", "training", command),
  event("training.stopped", "training", command),
  event("training.failed", "training", {
    version: 1,
    details: z.strictObject({ ...run, code: z.string() }),
    changed: state,
  }),
  event("training.finished", "training", {
    version: 1,
    details: z.strictObject({
      ...run,
      candidateId: z.string(),
      /** Of the candidate's folder as a whole, and of all that decides. */
      folderSha256: z.string(),
      fingerprint: z.string(),
      engine: z.string().nullable(),
      rehearsal: z.string().nullable(),
    }),
    changed: state,
  }),
] as const;
