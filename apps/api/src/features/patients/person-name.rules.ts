import type { DicomHeader } from "@lung-iris/inference";
import { isVietnamese } from "./vietnamese-name.rules.ts";

/** A name's component groups, as DICOM has them (PS3.5 6.2.1). */
export type PersonNames = DicomHeader["identity"]["names"];
export type NameParts = NonNullable<PersonNames["alphabetic"]>;

const MAX_NAME = 200;

/**
 * The name as people read it: "FAMILY, Given Middle" of the first group that
 * says something; Vietnamese as Vietnamese write it, family first, then
 * middle and given name, without a comma. Null where there is no name.
 */
export function displayName(names: PersonNames): string | null {
  const parts = names.alphabetic ?? names.ideographic ?? names.phonetic;
  if (!parts) return null;
  const { family, given, middle } = parts;
  const text = isVietnamese(parts)
    ? joined(" ", family, middle, given)
    : joined(", ", family, joined(" ", given, middle));
  return text === "" ? null : text.slice(0, MAX_NAME);
}

/**
 * A name that somebody typed, in parts: "FAMILY, Given" by its comma, a
 * Vietnamese one by its first word, `^` and `=` as in DICOM. What says
 * nothing of its parts stays whole, as the family name.
 */
export function parseName(text: string): PersonNames {
  if (/[=^]/u.test(text)) return parseGroups(text);
  const [before = "", ...after] = text.split(",").map(clean);
  const parts = { ...NO_PARTS, family: before, given: joined(" ", ...after) };
  if (parts.given === "" && isVietnamese(parts)) {
    const [family = "", ...rest] = before.split(" ");
    return { alphabetic: { ...parts, family, given: rest.join(" ") } };
  }
  return joined("", parts.family, parts.given) === ""
    ? {}
    : { alphabetic: parts };
}

const NO_PARTS: NameParts = {
  family: "",
  given: "",
  middle: "",
  prefix: "",
  suffix: "",
};

function parseGroups(text: string): PersonNames {
  const [alphabetic, ideographic, phonetic] = text.split("=").map(parseParts);
  return {
    ...(alphabetic ? { alphabetic } : {}),
    ...(ideographic ? { ideographic } : {}),
    ...(phonetic ? { phonetic } : {}),
  };
}

function parseParts(group: string): NameParts | null {
  const [family, given, middle, prefix, suffix] = group.split("^").map(clean);
  const parts = {
    family: family ?? "",
    given: given ?? "",
    middle: middle ?? "",
    prefix: prefix ?? "",
    suffix: suffix ?? "",
  };
  return Object.values(parts).some((part) => part !== "") ? parts : null;
}

function clean(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

function joined(separator: string, ...parts: string[]): string {
  return parts.filter((part) => part !== "").join(separator);
}
