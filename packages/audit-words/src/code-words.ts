/** "overrideReason" or "film:kermany" as words, for codes without a name. */
export function spacedOut(code: string): string {
  return code
    .replace(/[_.:-]+/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

/** A field inside another is named by both: "case › state". */
export function fieldName(
  name: string,
  named: (part: string) => string | null,
): string {
  return name
    .split(".")
    .map((part) => named(part) ?? spacedOut(part))
    .join(" › ");
}
