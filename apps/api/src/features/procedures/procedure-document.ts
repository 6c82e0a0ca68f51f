import { ProcedureMoment } from "@lung-iris/prisma";
import { z } from "zod";
import { READING_FINDINGS } from "../findings/finding-catalogue.ts";
import { CLINICAL_FLAGS } from "../policies/clinical-flags.ts";
import { isWardName } from "../film-identity/ward.rules.ts";

/** Longest time for a step: thirty days, in minutes. */
const MAX_MINUTES = 43_200;
const MAX_STEPS = 20;
const MAX_OPTIONS = 8;

/** Every code of a catalogue once. */
const codesOf = <Code extends string>(codes: readonly [Code, ...Code[]]) =>
  z
    .array(z.enum(codes))
    .max(codes.length)
    .refine((all) => new Set(all).size === all.length, "Name each once.");

const [firstFinding, ...otherFindings] = READING_FINDINGS.map(
  ({ code }) => code,
);
if (firstFinding === undefined) throw new Error("no findings to name");
const FLAGS = Object.keys(CLINICAL_FLAGS) as (keyof typeof CLINICAL_FLAGS)[]; // a const's keys
const [firstFlag, ...otherFlags] = FLAGS;
if (firstFlag === undefined) throw new Error("no flags to name");

/** The same in both languages. */
const words = z.strictObject({
  en: z.string().trim().min(1).max(120),
  vi: z.string().trim().min(1).max(120),
});

const NO_WARD = "A ward is named by letters or digits.";

const years = z.number().min(0).max(150).nullable().default(null);

const trigger = z
  .strictObject({
    moment: z.enum(ProcedureMoment),
    /** Any of them: said by the AI, the reading or the critical result. */
    findings: codesOf([firstFinding, ...otherFindings]),
    /** Any of them. */
    flags: codesOf([firstFlag, ...otherFlags]),
    /** Whole years, both inclusive; somebody of unknown age is in no range. */
    ageFrom: years,
    ageTo: years,
    /** Any of them: values of DICOM (0008,0060). */
    modalities: z.array(z.string().regex(/^[A-Z]{2,4}$/)).max(10),
    /** Any of them, each by the words that it begins with; see `isOnWard`. */
    wards: z
      .array(z.string().trim().min(1).max(60).refine(isWardName, NO_WARD))
      .max(20)
      // Documents of before procedures could ask for it have none.
      .default([]),
  })
  .refine(
    ({ moment, findings }) => moment !== "ARRIVAL" || findings.length === 0,
    { path: ["findings"], error: "At the upload nobody has found anything." },
  )
  .refine(({ moment, findings }) => moment !== "AI" || findings.length > 0, {
    path: ["findings"],
    error: "Say which finding of the AI begins it.",
  })
  .refine(
    ({ ageFrom, ageTo }) =>
      ageFrom === null || ageTo === null || ageFrom <= ageTo,
    { path: ["ageTo"], error: "It must not be below the youngest age." },
  );

const evidence = z
  .strictObject({
    kind: z.enum(["TICK", "CHOICE", "NUMBER", "READ_BACK"]),
    /** Of a choice: two to eight. */
    options: z
      .array(
        z.strictObject({
          code: z.string().regex(/^[a-z0-9-]{1,40}$/),
          name: words,
        }),
      )
      .max(MAX_OPTIONS),
    /** Of a number. */
    unit: z.string().trim().min(1).max(20).nullable().default(null),
    /** Smallest and largest number that is taken, inclusive. */
    min: z.number().nullable().default(null),
    max: z.number().nullable().default(null),
  })
  .refine(({ kind, options }) => (kind === "CHOICE") === options.length > 1, {
    path: ["options"],
    error: "A choice has two options or more, and nothing else has any.",
  })
  .refine(
    ({ options }) =>
      new Set(options.map(({ code }) => code)).size === options.length,
    { path: ["options"], error: "Two options have the same code." },
  )
  .refine(({ kind, unit }) => (kind === "NUMBER") === (unit !== null), {
    path: ["unit"],
    error: "A number has a unit, and nothing else has one.",
  })
  .refine(
    ({ kind, min, max }) =>
      kind === "NUMBER"
        ? min === null || max === null || min <= max
        : min === null && max === null,
    { path: ["max"], error: "The range must be one, and of a number." },
  );

/** What one step asks for: who does what by when, and how that is shown. */
const step = z.strictObject({
  name: words,
  role: z.enum(["STAFF", "RADIOLOGIST"]),
  /** After the trigger. */
  minutes: z.int().min(1).max(MAX_MINUTES),
  evidence,
});

/** A procedure as it is stored with each version. */
export const procedureDocument = z
  .strictObject({
    name: words,
    trigger,
    steps: z.array(step).min(1).max(MAX_STEPS),
  })
  .refine(
    ({ trigger: { moment }, steps }) =>
      moment === "CRITICAL" ||
      steps.every(({ evidence: { kind } }) => kind !== "READ_BACK"),
    {
      path: ["steps"],
      error: "Only a critical result is read back.",
    },
  );

export type ProcedureDocument = z.infer<typeof procedureDocument>;
export type ProcedureTrigger = ProcedureDocument["trigger"];
export type ProcedurePlan = ProcedureDocument["steps"][number];
export type ProcedureEvidence = ProcedurePlan["evidence"];

/** A step of a document; a position beyond it is a mistake of ours. */
export function planAt(
  { steps }: ProcedureDocument,
  position: number,
): ProcedurePlan {
  const plan = steps[position];
  if (plan === undefined) throw new Error("a step that its version lacks");
  return plan;
}
