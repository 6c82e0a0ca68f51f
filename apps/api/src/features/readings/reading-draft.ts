import type { Prisma } from "@lung-iris/prisma";
import { z } from "zod";
import { BadInputError } from "../../errors.ts";
import {
  CHANGE_REASONS,
  DECISIONS,
  LABELS,
  MAX_TEXT,
  OVERRIDE_REASONS,
} from "./reading.rules.ts";
import { reportDraft } from "../reports/report.ts";
import { NOT_DIAGNOSTIC_REASONS } from "./not-diagnostic.rules.ts";
import { readingFindings } from "../reading-findings/reading-finding.ts";
import { draftMarks } from "../marks/marks.ts";

/**
 * What a reader has typed and not signed. Nothing of it need be whole or
 * consistent: that is asked when it is signed.
 */
const readingDraft = z
  .object({
    label: z.enum(LABELS).nullable().default(null),
    decision: z.enum(DECISIONS).nullable().default(null),
    overrideReason: z.enum(OVERRIDE_REASONS).nullable().default(null),
    changeReason: z.enum(CHANGE_REASONS).nullable().default(null),
    notDiagnosticReason: z
      .enum(NOT_DIAGNOSTIC_REASONS)
      .nullable()
      .default(null),
    retakeAsked: z.boolean().default(false),
    confidence: z.number().int().min(1).max(5).nullable().default(null),
    comment: z.string().max(MAX_TEXT).default(""),
    report: reportDraft.nullable().default(null),
    findings: readingFindings.default([]),
    marks: draftMarks.default([]),
  })
  .strict();

export type ReadingDraft = z.infer<typeof readingDraft>;

/** The JSON column read back with its type; null where there is none. */
export function readDraft(value: unknown): ReadingDraft | null {
  return value === null ? null : readingDraft.parse(value);
}

/**
 * The draft as it is stored.
 *
 * @throws BAD_USER_INPUT naming the first field that cannot be.
 */
export function draftJson(input: unknown): Prisma.InputJsonObject {
  const parsed = readingDraft.safeParse(input);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new BadInputError("This draft cannot be kept.", [`input.${path}`]);
}
