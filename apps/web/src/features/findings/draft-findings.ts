import type {
  FindingPresence,
  FindingSide,
  Label,
  LungZone,
  ReadingFindingInput,
} from "../../gql/graphql.ts";

/** A finding as the reader has it on the screen. */
export interface DraftFinding {
  /** of the catalogue */
  code: string;
  presence: FindingPresence;
  side: FindingSide | null;
  zones: readonly LungZone[];
  /** the marks that show it, by their names on the screen */
  markIds: readonly string[];
}

/** A finding as the server keeps it: marks by their place in the list. */
interface KeptFinding extends Omit<DraftFinding, "markIds"> {
  markIndexes: readonly number[];
}

/** The finding that the label of the same name says is there. */
export const LABELLED = { code: "pneumonia", label: "PNEUMONIA" } as const;

const isLabelled = ({ code, presence }: DraftFinding): boolean =>
  code === LABELLED.code && presence === "PRESENT";

/** One more finding, present; one that is named already is present then. */
export function withFinding(
  findings: readonly DraftFinding[],
  code: string,
): DraftFinding[] {
  if (findings.some((finding) => finding.code === code)) {
    return changedFinding(findings, code, { presence: "PRESENT" });
  }
  const made = { code, side: null, zones: [], markIds: [] };
  return [...findings, { ...made, presence: "PRESENT" }];
}

/** What is absent is shown by no mark. */
export function changedFinding(
  findings: readonly DraftFinding[],
  code: string,
  change: Partial<DraftFinding>,
): DraftFinding[] {
  return findings.map((finding) => {
    if (finding.code !== code) return finding;
    const next = { ...finding, ...change };
    return next.presence === "ABSENT" ? { ...next, markIds: [] } : next;
  });
}

/**
 * The findings under a label: the one of its name is there, and not under any
 * other. What else the reader has named stays, also where it contradicts:
 * nothing typed goes without a word.
 */
export function findingsUnder(
  label: Label | null,
  findings: readonly DraftFinding[],
): DraftFinding[] {
  if (label !== LABELLED.label) {
    return findings.filter((finding) => !isLabelled(finding));
  }
  if (findings.some(isLabelled)) return [...findings];
  const others = findings.filter(({ code }) => code !== LABELLED.code);
  const before = findings.find(({ code }) => code === LABELLED.code);
  const own = before ?? {
    code: LABELLED.code,
    side: null,
    zones: [],
    markIds: [],
  };
  return [{ ...own, presence: "PRESENT" }, ...others];
}

/** The label that findings lead to; an unread film is not normal by itself. */
export function labelUnder(
  findings: readonly DraftFinding[],
  label: Label | null,
): Label | null {
  if (label === "NOT_DIAGNOSTIC") return label;
  if (findings.some(isLabelled)) return LABELLED.label;
  const isThere = findings.some(({ presence }) => presence !== "ABSENT");
  if (label === LABELLED.label) return "OTHER";
  return isThere && label !== "OTHER" ? "OTHER" : label;
}

/** Whether findings deny the label, so that the API would refuse the two. */
export function contradicts(
  findings: readonly DraftFinding[],
  label: Label | null,
): boolean {
  if (label === "NOT_DIAGNOSTIC") return findings.length > 0;
  return (
    label === "NORMAL" && findings.some(({ presence }) => presence !== "ABSENT")
  );
}

/** Findings as the API takes them, with the marks by their places. */
export function toFindingInput(
  findings: readonly DraftFinding[],
  marks: readonly { id: string }[],
): ReadingFindingInput[] {
  return findings.map(({ code, presence, side, zones, markIds }) => ({
    code,
    presence,
    side,
    zones: [...zones],
    markIndexes: marks.flatMap(({ id }, index) =>
      markIds.includes(id) ? [index] : [],
    ),
  }));
}

/** Findings that the server keeps, with the marks by their names. */
export function fromKept(
  findings: readonly KeptFinding[],
  marks: readonly { id: string }[],
): DraftFinding[] {
  return findings.map(({ code, presence, side, zones, markIndexes }) => ({
    code,
    presence,
    side: side ?? null,
    zones,
    markIds: markIndexes.flatMap((index) => marks[index]?.id ?? []),
  }));
}
