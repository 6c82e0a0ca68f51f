import type { Label } from "@lung-iris/prisma";
import { BadInputError, ConflictError } from "../../errors.ts";
import { hasSides, hasZones } from "../findings/finding-catalogue.ts";
import { LABELS } from "../findings/finding-labels.ts";
import { readingFindings } from "./reading-finding.ts";
import type { ReadingFinding } from "./reading-finding.ts";

/** The finding that a label says is there. */
const NAMED_BY_LABEL: readonly string[] = LABELS.map(({ code }) => code);

/**
 * Checks what a reader says of single findings: each once, in a place where it
 * can be, shown by marks that exist, and nothing that denies the label.
 *
 * @throws BAD_USER_INPUT naming the first, or FINDINGS_MISMATCH.
 */
export function checkFindings(
  value: unknown,
  label: Label,
  markCount: number,
): ReadingFinding[] {
  const parsed = readingFindings.safeParse(value);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new BadInputError("A finding cannot be read.", [
      `input.findings.${path}`,
    ]);
  }
  const known = new Set<string>();
  for (const [index, finding] of parsed.data.entries()) {
    const wrong = whatIsWrong(finding, markCount, known);
    if (wrong !== null)
      throw new BadInputError(wrong, [`input.findings.${String(index)}`]);
    known.add(finding.code);
  }
  assertFits(parsed.data, label);
  return parsed.data;
}

function whatIsWrong(
  { code, presence, side, zones, markIndexes }: ReadingFinding,
  markCount: number,
  known: ReadonlySet<string>,
): string | null {
  if (known.has(code)) return "A finding is named twice.";
  if (side !== null && !hasSides(code)) return "This finding has no side.";
  if (zones.length > 0 && !hasZones(code)) return "This finding has no zone.";
  if (new Set(zones).size < zones.length) return "A zone is named twice.";
  if (markIndexes.some((index) => index >= markCount))
    return "A finding names a region that is not marked.";
  if (new Set(markIndexes).size < markIndexes.length)
    return "A region is named twice.";
  if (presence === "ABSENT" && markIndexes.length > 0)
    return "What is absent cannot be marked.";
  return null;
}

/**
 * A label says in one word what the findings say one by one.
 *
 * @throws FINDINGS_MISMATCH.
 */
function assertFits(findings: readonly ReadingFinding[], label: Label): void {
  if (label === "NOT_DIAGNOSTIC" && findings.length > 0)
    mismatch("A film that is not diagnostic shows no finding.");
  if (
    label === "NORMAL" &&
    findings.some(({ presence }) => presence !== "ABSENT")
  )
    mismatch("A normal film has no finding that is present or uncertain.");
  for (const { code, label: naming } of LABELS) {
    const isPresent = findings.some(
      (finding) => finding.code === code && finding.presence === "PRESENT",
    );
    if (isPresent !== (label === naming))
      mismatch("The findings and the label contradict each other.");
  }
}

/**
 * The findings as far as they fit a label that was given without any: what the
 * label names is there, what it denies is not.
 */
export function findingsFor(
  label: Label,
  findings: readonly ReadingFinding[] = [],
): ReadingFinding[] {
  if (label === "NOT_DIAGNOSTIC") return [];
  if (label === "NORMAL")
    return findings.filter(({ presence }) => presence === "ABSENT");
  const named = LABELS.filter((entry) => entry.label === label);
  const others = findings.filter(
    ({ code, presence }) =>
      presence !== "PRESENT" || !NAMED_BY_LABEL.includes(code),
  );
  const own = named.map(
    ({ code }): ReadingFinding =>
      findings.find(
        (finding) => finding.code === code && finding.presence === "PRESENT",
      ) ?? {
        code,
        presence: "PRESENT",
        side: null,
        zones: [],
        markIndexes: [],
      },
  );
  const ownCodes = new Set<string>(own.map(({ code }) => code));
  return [...own, ...others.filter(({ code }) => !ownCodes.has(code))];
}

function mismatch(message: string): never {
  throw new ConflictError("FINDINGS_MISMATCH", message);
}
