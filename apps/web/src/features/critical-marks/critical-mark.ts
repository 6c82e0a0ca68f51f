/** Longest words that the API takes, in characters. */
export const MAX_WORDS = 500;

/** What is critical, as it is being said. */
export interface CriticalMark {
  finding: string | null;
  reason: string;
}

/** Whether it says anything. */
export function isSaid({ finding, reason }: CriticalMark): boolean {
  return finding !== null || reason.trim() !== "";
}

/** As the API takes it. */
export function markInput({ finding, reason }: CriticalMark) {
  return { finding, reason: reason.trim() || null };
}

/**
 * What the site's policy proposes to mark: the first of its findings that the
 * reading names as present; null where it names none.
 */
export function proposedFinding(
  findings: readonly { code: string; presence: string }[],
  proposing: readonly string[],
): string | null {
  return (
    proposing.find((code) =>
      findings.some(
        (finding) => finding.code === code && finding.presence === "PRESENT",
      ),
    ) ?? null
  );
}
