/**
 * Wards as systems write them: "ICU", "ICU^3^12", "Khoa Cấp cứu - giường 4".
 * Only their words count, without case and accents, which many senders lose.
 */
function wardWords(text: string): string[] {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/đ/gu, "d")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** Whether a text names a ward at all. */
export function isWardName(text: string): boolean {
  return wardWords(text).length > 0;
}

/**
 * Whether a patient lies on a ward: what the film says of it begins with the
 * ward's words. "ICU" is the ward of "icu^3^12", and not of "ICUX" or "Old ICU".
 *
 * @param ward as the film says it; null where it says none
 */
export function isOnWard(asked: string, ward: string | null): boolean {
  if (ward === null) return false;
  const there = wardWords(ward);
  const words = wardWords(asked);
  return words.length > 0 && words.every((word, at) => word === there[at]);
}
