/** "overrideReason" or "film:kermany" as words, for codes without a name. */
export function spacedOut(code: string): string {
  return code
    .replace(/[_.:-]+/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase();
}
