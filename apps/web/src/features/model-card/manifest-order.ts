/**
 * The database keeps a manifest without its order, so the order in which
 * people read it is written here; what is not known here comes last, by name.
 */
const KNOWN = [
  // sets of films
  "children",
  "children-shifted",
  "adults",
  "adults-shifted",
  "adult-pool",
  "other-sources",
  "localisation",
  "gateRefusedTrue",
  "gateRefusedBroken",
  "gateRefusedKindLeftOut",
  // measures
  "auroc",
  "auprc",
  "sensitivity",
  "specificity",
  "accuracy",
  "triageSensitivity",
  "triageSpecificity",
  "ece",
  "brier",
  // age groups
  "child",
  "adult",
  "default",
  // operating points
  "balanced",
  "triage",
];

const RANK: ReadonlyMap<string, number> = new Map(
  KNOWN.map((name, index) => [name, index]),
);

/** Each name once, in the order in which people read them. */
export function inReadingOrder(names: Iterable<string>): string[] {
  const rank = (name: string) => RANK.get(name) ?? KNOWN.length;
  return [...new Set(names)].sort(
    (a, b) => rank(a) - rank(b) || a.localeCompare(b),
  );
}
