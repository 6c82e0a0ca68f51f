import type { Label } from "@lung-iris/prisma";
import { z } from "zod";
import { PRESENCES } from "../reading-findings/reading-finding.ts";

/** Codes of former catalogues stand in what was signed then. */
const said = z.array(
  z.object({ code: z.string(), presence: z.enum(PRESENCES) }),
);

/** What of a signed version is compared. */
export interface Comparable {
  label: Label;
  findings: unknown;
}

/**
 * Whether two readings of a case say the same: the same label, and no finding
 * that one calls present and the other absent. What only one of them names,
 * or is unsure of, is no contradiction.
 */
export function readingsAgree(one: Comparable, other: Comparable): boolean {
  return one.label === other.label && contradictions(one, other).length === 0;
}

/** Codes of findings that one calls present and the other absent. */
export function contradictions(one: Comparable, other: Comparable): string[] {
  const theirs = new Map(
    said.parse(other.findings).map(({ code, presence }) => [code, presence]),
  );
  const opposite = { PRESENT: "ABSENT", ABSENT: "PRESENT", UNCERTAIN: null };
  return said.parse(one.findings).flatMap(({ code, presence }) => {
    const contrary = opposite[presence];
    return contrary !== null && theirs.get(code) === contrary ? [code] : [];
  });
}
