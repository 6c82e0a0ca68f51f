import { z } from "zod";

/** What a run writes of whom it learnt from and who made it. */
const runSchema = z.looseObject({
  patients: z.array(z.string()).optional(),
  by: z.array(z.string()).optional(),
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

/** Patients that the candidate learnt from, as it says: `trainingPatient`. */
export function learntFrom(manifest: unknown): string[] {
  return runsOf(manifest).flatMap(({ patients = [] }) => patients);
}

/** Email addresses of those who made the candidate, as it says. */
export function makersOf(manifest: unknown): string[] {
  return [...new Set(runsOf(manifest).flatMap(({ by = [] }) => by))];
}
