import { z } from "zod";
import { event, noDetails, someOf, shownList } from "./define-event.ts";

const filter = z.record(z.string(), z.json());
const counts = z.record(z.string(), z.number().int());

/** Exports of signed cases. */
export const datasetEvents = [
  event("datasets.viewed", "datasets", { version: 1, details: shownList }),
  event("dataset.previewed", "dataset", {
    version: 2,
    details: z.strictObject({ filter, counts }),
  }),
  event("dataset.created", "dataset", {
    version: 2,
    details: z.strictObject({ counts }),
    changed: someOf({
      name: z.string(),
      filter,
      format: z.record(z.string(), z.string()),
    }),
  }),
  event("dataset.started", "dataset", { version: 2, details: noDetails }),
  event("dataset.ready", "dataset", {
    version: 2,
    details: z.strictObject({
      bytes: z.number().int(),
      sha256: z.string(),
      films: z.number().int(),
      /** The second look: files, and values of the database looked for. */
      scan: z
        .strictObject({
          files: z.number().int(),
          values: z.number().int(),
        })
        .optional(),
    }),
  }),
  /** The second look found something: the file was thrown away. */
  event("dataset.held-back", "dataset", {
    version: 1,
    details: z.strictObject({
      places: z.number().int(),
      leaks: z.array(
        z.strictObject({
          entry: z.string(),
          place: z.string(),
          kind: z.string(),
        }),
      ),
    }),
  }),
  /** Whose films an export holds; several events where they are many. */
  event("dataset.patients-listed", "dataset", {
    version: 1,
    details: z.strictObject({ patientIds: z.array(z.string()) }),
  }),
  event("dataset.failed", "dataset", {
    version: 2,
    details: z.strictObject({ reason: z.string() }),
  }),
  /** Written once more, of the same films, after it failed for this. */
  event("dataset.retried", "dataset", {
    version: 1,
    details: z.strictObject({
      films: z.number().int(),
      /** Null for a failure of a former release. */
      failure: z.string().nullable(),
    }),
  }),
  event("dataset.downloaded", "dataset", {
    version: 2,
    details: z.strictObject({
      sha256: z.string(),
      /** False for a request that goes on where another broke off. */
      isWhole: z.boolean(),
    }),
  }),
] as const;
