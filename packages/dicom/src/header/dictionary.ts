import entries from "./dictionary.json" with { type: "json" };

/**
 * VR and keyword of the attributes that files of projection radiography may
 * have (PS3.6, groups 0002 to 7FE0; those of other modalities are left out).
 * `dictionary.json` has them as "VR keyword" under the tag's eight digits.
 */
const ENTRIES: ReadonlyMap<string, string> = new Map(Object.entries(entries));

/** Undefined for a tag that is private or not in the list. */
export function dictionaryEntry(
  tag: number,
): { vr: string; keyword: string } | undefined {
  const key = tag.toString(16).padStart(8, "0").toUpperCase();
  const [vr, keyword] = ENTRIES.get(key)?.split(" ") ?? [];
  return vr === undefined || keyword === undefined
    ? undefined
    : { vr, keyword };
}
