/**
 * Which of `parts` a patient belongs to: always the same, without a list of
 * who is where.
 */
export function partOfPatient(patient: string, parts: number): number {
  let hash = 2166136261; // FNV-1a, 32 bits
  for (const char of patient) {
    hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
  }
  return (hash >>> 0) % parts;
}
