import type {
  PolicyDocumentInput,
  PolicyFieldsFragment,
} from "../../gql/graphql.ts";

/** What is being edited: the whole document, as it is sent. */
export type PolicyDraft = PolicyDocumentInput;
export type PolicyVersion = PolicyFieldsFragment;

/** A document as the API takes it back: without what the cache added. */
export function draftOf({ document }: PolicyVersion): PolicyDraft {
  const { urgency, ceilings, thresholds, reading, secondReads } = document;
  const { critical, reports, assignment, thresholdDesk } = document;
  const { flags, ...classes } = plain(urgency);
  return {
    urgency: { ...classes, flags: flags.map(plain) },
    ceilings: plain(ceilings),
    thresholds: thresholds.map(plain),
    reading: plain(reading),
    secondReads: plain(secondReads),
    critical: plain(critical),
    reports: plain(reports),
    assignment: {
      fallbackMinutes: assignment.fallbackMinutes,
      rules: assignment.rules.map(plain),
    },
    thresholdDesk: plain(thresholdDesk),
  };
}

function plain<Part extends object>(part: Part): Omit<Part, "__typename"> {
  // The cache adds a name to every object; the rest is the part as it was.
  return Object.fromEntries(
    Object.entries(part).filter(([name]) => name !== "__typename"),
  ) as Omit<Part, "__typename">;
}

/** Where a value stands, and the value itself. */
export interface PolicyValue {
  /** "ceilings.routine", "urgency.flags", "thresholds". */
  path: string;
  /** Which flag, or which model, finding and age group; else null. */
  of: string | null;
  value: string | number | null;
}

/** A value that two documents do not share; null where one has none. */
export interface PolicyDifference extends Omit<PolicyValue, "value"> {
  before: PolicyValue["value"];
  after: PolicyValue["value"];
}

/** What another document says otherwise, in the order of the form. */
export function differencesOf(
  before: PolicyDraft,
  after: PolicyDraft,
): PolicyDifference[] {
  const was = new Map(valuesOf(before).map((item) => [keyOf(item), item]));
  const is = new Map(valuesOf(after).map((item) => [keyOf(item), item]));
  return [...new Map([...was, ...is]).values()].flatMap(({ path, of }) => {
    const key = keyOf({ path, of });
    const old = was.get(key)?.value ?? null;
    const now = is.get(key)?.value ?? null;
    return old === now ? [] : [{ path, of, before: old, after: now }];
  });
}

function keyOf({ path, of }: Pick<PolicyValue, "path" | "of">): string {
  return `${path} ${of ?? ""}`;
}

/** Every single value of a document. */
export function valuesOf(document: PolicyDraft): PolicyValue[] {
  const { urgency, ceilings, thresholds, reading, secondReads } = document;
  const { critical, reports, assignment } = document;
  const { flags, ...rules } = urgency;
  const { findings, readers, ...further } = secondReads;
  return [
    ...singles("ceilings", ceilings),
    ...singles("urgency", rules),
    ...flags.map(({ flag, effect }) => ({
      path: "urgency.flags",
      of: flag,
      value: effect,
    })),
    ...thresholds.map(({ model, finding, ageGroup, threshold }) => ({
      path: "thresholds",
      of: `${model} ${finding} ${ageGroup}`,
      value: threshold,
    })),
    ...singles("reading", reading),
    ...singles("secondReads", further),
    ...named("secondReads.findings", findings),
    ...named("secondReads.readers", readers),
    ...singles("critical", { minutes: critical.minutes }),
    ...critical.findings.map((code) => ({
      path: "critical.findings",
      of: code,
      value: "PROPOSES",
    })),
    {
      path: "reports.preliminary",
      of: null,
      value: reports.preliminary ? "ALLOWED" : "NOT_ALLOWED",
    },
    ...singles("assignment", { fallbackMinutes: assignment.fallbackMinutes }),
    // Their order counts, so a rule's place is part of what it says.
    ...[assignment.rules].flat().map((rule, at) => ({
      path: "assignment.rules",
      of: rule.name,
      value: JSON.stringify([at, rule]),
    })),
    ...singles("thresholdDesk", document.thresholdDesk),
  ];
}

function singles(
  part: string,
  values: Readonly<
    Record<string, string | number | boolean | null | undefined>
  >,
): PolicyValue[] {
  return Object.entries(values).map(([name, value]) => ({
    path: `${part}.${name}`,
    of: null,
    value:
      typeof value === "boolean" ? (value ? "yes" : "no") : (value ?? null),
  }));
}

/** What a list names, each a value of its own: named or not. */
function named(path: string, items: readonly string[]): PolicyValue[] {
  return items.map((of) => ({ path, of, value: "yes" }));
}
