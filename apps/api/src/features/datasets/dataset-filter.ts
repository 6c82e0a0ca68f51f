import type { Prisma } from "@lung-iris/prisma";
import { z } from "zod";
import { BadInputError } from "../../errors.ts";

/** Which signed cases a dataset takes; as stored in its row. */
export const datasetFilterSchema = z.object({
  siteId: z.uuid(),
  signedAfter: z.iso.datetime().nullable().default(null),
  signedBefore: z.iso.datetime().nullable().default(null),
  labels: z
    .array(z.enum(["NORMAL", "PNEUMONIA", "OTHER"]))
    .nullable()
    .default(null),
  modelVersionId: z.uuid().nullable().default(null),
  agreement: z.boolean().nullable().default(null),
});

export type StoredDatasetFilter = z.output<typeof datasetFilterSchema>;

/** A filter as the resolver hands it in: dates already parsed. */
export interface DatasetFilterValues {
  siteId: string;
  signedAfter?: Date | null;
  signedBefore?: Date | null;
  labels?: string[] | null;
  modelVersionId?: string | null;
  agreement?: boolean | null;
}

/** Checks a filter and writes its dates as text. Throws `BadInputError`. */
export function storedFilter(values: DatasetFilterValues): StoredDatasetFilter {
  const { signedAfter, signedBefore } = values;
  if (signedAfter && signedBefore && signedAfter >= signedBefore) {
    throw new BadInputError("The first date must come before the last.", [
      "filter.signedAfter",
      "filter.signedBefore",
    ]);
  }
  const parsed = datasetFilterSchema.safeParse({
    ...values,
    signedAfter: signedAfter?.toISOString(),
    signedBefore: signedBefore?.toISOString(),
  });
  if (parsed.success) return parsed.data;
  const path = ["filter", ...(parsed.error.issues[0]?.path ?? [])].join(".");
  throw new BadInputError(`${path} cannot be used.`, [path]);
}

/**
 * The cases of a filter, signed at `until` or before: the same rows on every
 * try of an export, whatever is signed meanwhile.
 */
export function casesOf(
  filter: StoredDatasetFilter,
  until: Date,
): Prisma.CaseWhereInput {
  const { siteId, labels, agreement, modelVersionId } = filter;
  const before = filter.signedBefore ? new Date(filter.signedBefore) : null;
  return {
    siteId,
    state: "SIGNED",
    signedAt: {
      lte: until,
      ...(filter.signedAfter ? { gte: new Date(filter.signedAfter) } : {}),
      ...(before ? { lt: before } : {}),
    },
    // A film that is not diagnostic is no example of anything.
    decidedLabel:
      labels && labels.length > 0 ? { in: labels } : { not: "NOT_DIAGNOSTIC" },
    ...(typeof agreement === "boolean" ? { agreesWithAi: agreement } : {}),
    // By what readers were shown, whatever else looked at the films.
    ...(modelVersionId ? { shown: { modelVersionId } } : {}),
  };
}

/** What a filter takes, before anything is exported. */
export interface DatasetCounts {
  cases: number;
  films: number;
  normal: number;
  pneumonia: number;
  other: number;
  agreed: number;
  overridden: number;
}
