import { z } from "zod";

/** The classes of a worklist, the sickest first. */
export const URGENCY_LADDER = [
  "CRITICAL",
  "URGENT",
  "SOON",
  "ROUTINE",
] as const;
export type UrgencyName = (typeof URGENCY_LADDER)[number];

/** What a clinical flag does to a case: see `urgencyOf`. */
export const FLAG_EFFECTS = ["acute", "raises", "none"] as const;
export type FlagEffect = (typeof FLAG_EFFECTS)[number];

export const READING_MODES = ["blind", "open"] as const;

/** Whose calibration a film can be given. */
export const AGE_GROUPS: readonly string[] = ["child", "adult"];

/** How many people it takes to change a threshold. */
export const APPROVALS = ["one", "two"] as const;

const klass = z.enum(URGENCY_LADDER);
/** Five minutes to a week. */
const minutes = z
  .int()
  .min(5)
  .max(7 * 24 * 60);
const years = z.int().min(0).max(120);
const code = z.string().min(1).max(100);

const urgency = z.strictObject({
  /** From this probability on a positive film counts as strongly positive. */
  strongProbability: z.number().min(0.5).max(1),
  /** Where the AI's answer alone puts a film. */
  strong: klass,
  positive: klass,
  negative: klass,
  /** Whatever else speaks for it, a negative film does not pass this. */
  negativeAtMost: klass,
  notAssessed: klass,
  /** Before the AI has looked, and control cases all along. */
  pending: klass,
  /** At least here after a signed pneumonia within `followUpDays`. */
  followUp: klass,
  /** At least here once the ceiling of its own class is reached. */
  waited: klass,
  /** A positive film of somebody younger goes up a step. */
  infantBelowYears: years,
  /** A positive film of somebody of this age or more goes up a step. */
  oldFromYears: years,
  followUpDays: z.int().min(1).max(365),
  flags: z
    .array(z.strictObject({ flag: code, effect: z.enum(FLAG_EFFECTS) }))
    .max(100),
});

const ceilings = z.strictObject({
  critical: minutes,
  urgent: minutes,
  soon: minutes,
  routine: minutes,
});

const threshold = z.strictObject({
  /** `ModelVersion.fingerprint`. */
  model: code,
  finding: code,
  /** "child" or "adult". */
  ageGroup: code,
  threshold: z.number().gt(0).lt(1),
});

const reading = z.strictObject({
  mode: z.enum(READING_MODES),
  /** Percent of new cases that are read without the AI. */
  controlShare: z.number().min(0).max(20),
  leaseMinutes: z.int().min(2).max(240),
});

/** Longest lists of findings and of readers in the rules of second reads. */
const MOST_NAMED = 200;

const secondReads = z.strictObject({
  /** Percent of signed cases that are read a second time by chance. */
  randomShare: z.number().min(0).max(100),
  /** The signed label contradicts what the AI says of the film. */
  onAiDisagreement: z.boolean(),
  /** Codes: signed as present or uncertain. */
  findings: z.array(code).max(MOST_NAMED),
  /** Whole years; null where there is no such end. */
  ageFrom: years.nullable(),
  ageTo: years.nullable(),
  /** Readers, by id, whose cases are all read a second time. */
  readers: z.array(z.uuid()).max(MOST_NAMED),
  /** Whether all that juniors sign is read a second time, by a senior. */
  juniors: z.boolean().default(false),
  /** Whether the second reader works without the AI. */
  blindToAi: z.boolean(),
});
export type SecondReadPolicy = z.infer<typeof secondReads>;

/** As shipped, and of versions that were stored before there were such rules. */
export const NO_SECOND_READS: SecondReadPolicy = {
  randomShare: 0,
  onAiDisagreement: false,
  findings: [],
  ageFrom: null,
  ageTo: null,
  readers: [],
  juniors: false,
  blindToAi: true,
};

const critical = z.strictObject({
  /** Findings that propose to mark a result as critical. */
  findings: z.array(code).max(50),
  /** Within which it must be read back; then it escalates. */
  minutes: z
    .int()
    .min(5)
    .max(24 * 60),
});

const reports = z.strictObject({
  /** Whether a report may be issued before it is signed. */
  preliminary: z.boolean(),
});

/** Minutes since midnight by the clock on the site's wall. */
const minuteOfDay = z
  .int()
  .min(0)
  .max(24 * 60 - 1);

const assignmentRule = z
  .strictObject({
    /** Said on the cases that it gives. */
    name: z.string().trim().min(1).max(60),
    /** From when to when; over midnight where it ends before it begins. */
    fromMinute: minuteOfDay.nullable(),
    toMinute: minuteOfDay.nullable(),
    /** As films state them, "CHEST"; of any where there is none. */
    bodyParts: z.array(code).max(20),
    /** DICOM codes, "DX"; of any where there is none. */
    modalities: z.array(code).max(20),
    /** Whom it gives to: one of these two. */
    readerId: z.uuid().nullable(),
    poolId: z.uuid().nullable(),
    /** Of the pool to the reader who has least to do, else to the pool. */
    leastLoaded: z.boolean(),
  })
  .refine((rule) => (rule.fromMinute === null) === (rule.toMinute === null), {
    path: ["toMinute"],
    message: "Hours have a beginning and an end.",
  })
  .refine(
    (rule) => rule.fromMinute === null || rule.fromMinute !== rule.toMinute,
    { path: ["toMinute"], message: "The hours end as they begin." },
  )
  .refine((rule) => (rule.readerId === null) !== (rule.poolId === null), {
    path: ["poolId"],
    message: "A rule gives to a reader or to a pool.",
  })
  .refine((rule) => rule.poolId !== null || !rule.leastLoaded, {
    path: ["leastLoaded"],
    message: "The least loaded is one of a pool.",
  });
export type AssignmentRule = z.infer<typeof assignmentRule>;

const assignment = z.strictObject({
  /** What nobody has claimed so long after it was given falls back. */
  fallbackMinutes: minutes,
  /** In this order: the first that fits a new case gives it away. */
  rules: z.array(assignmentRule).max(50),
});

/** Half an hour: a reader who is at his desk has seen it by then. */
export const SHIPPED_ASSIGNMENT: z.infer<typeof assignment> = {
  fallbackMinutes: 30,
  rules: [],
};

const thresholdDesk = z.strictObject({
  /** Whether a second person has to approve what one proposes. */
  approval: z.enum(APPROVALS),
});

/**
 * What the product ships with of these parts, which versions stored before
 * them take. A pneumothorax is to be told within minutes (category 1 of the
 * ACR's work group on actionable reporting, Larson 2014); an hour is when a
 * desk that heard nothing says so, and each site sets its own.
 */
export const SHIPPED_CRITICAL = {
  findings: ["pneumothorax"],
  minutes: 60,
} satisfies z.infer<typeof critical>;
export const SHIPPED_REPORTS = {
  preliminary: true,
} satisfies z.infer<typeof reports>;
/** A desk with one admin would be locked out by "two". */
export const SHIPPED_THRESHOLD_DESK: z.infer<typeof thresholdDesk> = {
  approval: "one",
};

/**
 * What a site wants: the whole of one version. A field is added with a
 * default for the versions that were stored without it.
 */
export const policyDocument = z
  .strictObject({
    urgency,
    ceilings,
    thresholds: z.array(threshold).max(500),
    reading,
    secondReads: secondReads.default(NO_SECOND_READS),
    critical: critical.default(SHIPPED_CRITICAL),
    reports: reports.default(SHIPPED_REPORTS),
    assignment: assignment.default(SHIPPED_ASSIGNMENT),
    thresholdDesk: thresholdDesk.default(SHIPPED_THRESHOLD_DESK),
  })
  .superRefine((document, context) => {
    const complain = (path: string, message: string): void => {
      context.addIssue({ code: "custom", path: path.split("."), message });
    };
    const { urgency: rules, ceilings: limits } = document;
    if (rankOf(rules.strong) > rankOf(rules.positive))
      complain(
        "urgency.strong",
        "A strongly positive film cannot stand below a positive one.",
      );
    if (rankOf(rules.positive) > rankOf(rules.negative))
      complain(
        "urgency.positive",
        "A positive film cannot stand below a negative one.",
      );
    if (rankOf(rules.negativeAtMost) > rankOf(rules.negative))
      complain(
        "urgency.negativeAtMost",
        "The highest class of a negative film cannot be below the one it starts in.",
      );
    if (rules.infantBelowYears > rules.oldFromYears)
      complain(
        "urgency.oldFromYears",
        "Old age cannot begin before infancy ends.",
      );
    const [critical, ...others] = CEILING_ORDER.map(
      (name) => [name, limits[name]] as const,
    );
    others.reduce((sicker, [name, limit]) => {
      if (limit < sicker)
        complain(
          `ceilings.${name}`,
          "A less urgent class cannot have the shorter ceiling.",
        );
      return Math.max(sicker, limit);
    }, critical?.[1] ?? 0);
    const { ageFrom, ageTo, findings, readers } = document.secondReads;
    if (ageFrom !== null && ageTo !== null && ageFrom > ageTo)
      complain("secondReads.ageTo", "The ages end before they begin.");
    if (hasTwice(findings))
      complain("secondReads.findings", "A finding stands in the list twice.");
    if (hasTwice(readers))
      complain("secondReads.readers", "A reader stands in the list twice.");
    if (hasTwice(document.assignment.rules.map(({ name }) => name)))
      complain("assignment.rules", "Two rules have the same name.");
    if (hasTwice(document.critical.findings))
      complain("critical.findings", "A finding stands in the list twice.");
    if (hasTwice(rules.flags.map(({ flag }) => flag)))
      complain("urgency.flags", "A flag stands in the list twice.");
    if (
      hasTwice(
        document.thresholds.map(
          ({ model, finding, ageGroup }) => `${model} ${finding} ${ageGroup}`,
        ),
      )
    )
      complain(
        "thresholds",
        "A model has two thresholds for the same finding and age group.",
      );
  });

export type PolicyDocument = z.infer<typeof policyDocument>;

const CEILING_ORDER = ["critical", "urgent", "soon", "routine"] as const;

/** The place of a class on the ladder: 0 is the sickest. */
export function rankOf(urgencyName: UrgencyName): number {
  return URGENCY_LADDER.indexOf(urgencyName);
}

/** How long a case of the class may wait, in minutes. */
export function ceilingOf(
  { ceilings: limits }: PolicyDocument,
  of: UrgencyName,
): number {
  return limits[CEILING_ORDER[rankOf(of)] ?? "critical"];
}

/** Whether a case of the class that has waited so long is past its ceiling. */
export function isPastCeiling(
  document: PolicyDocument,
  of: UrgencyName,
  waitedMinutes: number,
): boolean {
  return waitedMinutes >= ceilingOf(document, of);
}

function hasTwice(items: readonly string[]): boolean {
  return new Set(items).size < items.length;
}
