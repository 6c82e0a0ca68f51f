/** Letters that no other language writes: ơ, ư and vowels with a tone below. */
const ONLY_VIETNAMESE = /[ơưƠƯ\u1EA0-\u1EF9]/u;
/**
 * Family names of some nine in ten Vietnamese, without their marks, that are
 * not common elsewhere; many files carry names in plain capitals.
 */
const FAMILIES: ReadonlySet<string> = new Set([
  "nguyen",
  "tran",
  "pham",
  "huynh",
  "hoang",
  "phan",
  "vu",
  "vo",
  "dang",
  "bui",
  "duong",
  "dinh",
  "truong",
  "trinh",
  "doan",
  "luong",
]);
/** Elsewhere as well; Vietnamese where a middle name says so. */
const SHARED_FAMILIES: ReadonlySet<string> = new Set([
  "le",
  "ho",
  "do",
  "ngo",
  "ly",
  "mai",
  "to",
  "lam",
  "cao",
  "ha",
  "thai",
  "chu",
  "dao",
  "ta",
]);
const MIDDLES = /^(?:thi|van)(?: |$)/u;

/** Whether the name is one that Vietnamese write family first, no comma. */
export function isVietnamese(parts: {
  family: string;
  given: string;
  middle: string;
}): boolean {
  const whole = `${parts.family} ${parts.given} ${parts.middle}`;
  if (ONLY_VIETNAMESE.test(whole.normalize("NFC"))) return true;
  const [family = "", ...after] = plain(whole).split(" ");
  if (after.length === 0) return false;
  if (FAMILIES.has(family)) return true;
  return (
    SHARED_FAMILIES.has(family) &&
    (MIDDLES.test(after.join(" ")) || MIDDLES.test(plain(parts.middle)))
  );
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/đ/giu, "d")
    .toLowerCase()
    .replace(/\s+/gu, " ")
    .trim();
}
