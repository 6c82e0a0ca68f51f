import type { NameParts, PersonNames } from "./identity-types.ts";

/** PN allows 64 characters a group; senders write more. */
const MAX_PART = 100;
const GROUPS = ["alphabetic", "ideographic", "phonetic"] as const;
const PARTS = ["family", "given", "middle", "prefix", "suffix"] as const;

/**
 * The component groups of a PN value (PS3.5 6.2.1): `=` parts the groups, `^`
 * the components. Groups without a single word are left out.
 */
export function personNames(text: string | undefined): PersonNames {
  const names: PersonNames = {};
  const groups = text?.split("\\")[0]?.split("=") ?? [];
  GROUPS.forEach((group, at) => {
    const parts = nameParts(groups[at] ?? "");
    if (parts !== null) names[group] = parts;
  });
  return names;
}

function nameParts(group: string): NameParts | null {
  const words = group
    .split("^")
    .map((part) => part.replace(/\s+/gu, " ").trim().slice(0, MAX_PART));
  if (words.every((word) => word === "")) return null;
  const parts = { family: "", given: "", middle: "", prefix: "", suffix: "" };
  PARTS.forEach((part, at) => (parts[part] = words[at] ?? ""));
  return parts;
}
