import { z } from "zod";

/** What a run writes of whom it learnt from and who made it. */
const runSchema = z.looseObject({
  patients: z.array(z.string()).optional(),
  by: z.array(z.string()).optional(),
  dataset: z.string().nullish(),
});

function runsOf(manifest: unknown): z.infer<typeof runSchema>[] {
  const parsed = z
    .looseObject({ training: z.record(z.string(), z.unknown()).optional() })
    .safeParse(manifest);
  const training = parsed.success ? (parsed.data.training ?? {}) : {};
  return [training, ...Object.values(training)].flatMap((part) => {
    const run = runSchema.safeParse(part);
    return run.success ? [run.data] : [];
  });
}

const figure = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
});
const bin = z.object({ films: z.number(), given: z.number(), found: figure });
const error = z.object({ error: figure, byChance: z.number() });
const recalibrationSchema = z.looseObject({
  training: z.looseObject({
    recalibration: z.looseObject({
      groups: z.array(
        z.object({
          group: z.string(),
          films: z.number(),
          slope: figure,
          intercept: figure,
          reliability: z.array(
            z.object({
              films: z.enum(["site", "evergreen"]),
              before: z.array(bin),
              after: z.array(bin),
              // Candidates of before this was written have none.
              errors: z.object({ before: error, after: error }).optional(),
            }),
          ),
        }),
      ),
    }),
  }),
});

type GroupRecord = z.infer<
  typeof recalibrationSchema
>["training"]["recalibration"]["groups"][number];

/** Of which films something is said, and whether by the new fit. */
interface OfSet {
  set: GroupRecord["reliability"][number]["films"];
  isAfter: boolean;
}

/** A group's fit, with what was given and found before and after it, bin by bin. */
export type RecalibratedGroup = Omit<GroupRecord, "reliability"> & {
  bins: (z.infer<typeof bin> & OfSet)[];
  errors: (z.infer<typeof error> & OfSet)[];
};

/** How a recalibration went, by age group; none of a model that is not of one. */
export function recalibrationOf(manifest: unknown): RecalibratedGroup[] {
  const parsed = recalibrationSchema.safeParse(manifest);
  const groups = parsed.success
    ? parsed.data.training.recalibration.groups
    : [];
  return groups.map(({ reliability, ...group }) => ({
    ...group,
    bins: reliability.flatMap(({ films: set, before, after }) => [
      ...before.map((one) => ({ ...one, set, isAfter: false })),
      ...after.map((one) => ({ ...one, set, isAfter: true })),
    ]),
    errors: reliability.flatMap(({ films: set, errors }) =>
      errors === undefined
        ? []
        : [
            { ...errors.before, set, isAfter: false },
            { ...errors.after, set, isAfter: true },
          ],
    ),
  }));
}

/** Patients that the candidate learnt from, as it says: `trainingPatient`. */
export function learntFrom(manifest: unknown): string[] {
  return runsOf(manifest).flatMap(({ patients = [] }) => patients);
}

/** SHA-256 of the datasets that the candidate learnt from, as it says. */
export function datasetsOf(manifest: unknown): string[] {
  return [...new Set(runsOf(manifest).flatMap(({ dataset }) => dataset ?? []))];
}

/** Email addresses of those who made the candidate, as it says. */
export function makersOf(manifest: unknown): string[] {
  return [...new Set(runsOf(manifest).flatMap(({ by = [] }) => by))];
}
