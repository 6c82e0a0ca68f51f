/** Most ids of one operation that stand in an event. */
const MAX_IDS = 10;
/** Ids are short; anything else under such a name could be about a patient. */
const ID = /^[\w-]{1,64}$/;
const NAME = /^(id|\w+Ids?)$/;
const DEEPEST = 4;

/** The ids among arguments: "id", "input.caseId". */
export function idsAmong(args: unknown): Record<string, string> {
  const found: [string, string][] = [];
  gather(args, "", DEEPEST, found);
  return Object.fromEntries(found.slice(0, MAX_IDS));
}

function gather(
  value: unknown,
  path: string,
  deeper: number,
  found: [string, string][],
): void {
  if (typeof value !== "object" || value === null || deeper === 0) return;
  for (const [name, inner] of Object.entries(value)) {
    const place = path === "" ? name : `${path}.${name}`;
    if (found.length >= MAX_IDS) return;
    if (NAME.test(name)) {
      const ids: unknown[] = Array.isArray(inner) ? inner : [inner];
      ids.forEach((id, at) => {
        if (typeof id === "string" && ID.test(id))
          found.push([at === 0 ? place : `${place}.${String(at)}`, id]);
      });
    } else gather(inner, place, deeper - 1, found);
  }
}

/** A path as a route and the ids in it: "/images/:id/pixels". */
export function routeOf(path: string): {
  route: string;
  asked: Record<string, string>;
} {
  const segments = path.split("/");
  const ids = segments.filter(
    (segment) => ID.test(segment) && !isWord(segment),
  );
  return {
    // What is no plain word may be a file's name or a search.
    route: segments
      .map((segment) => (segment === "" || isWord(segment) ? segment : ":id"))
      .join("/"),
    asked: Object.fromEntries(
      ids
        .slice(0, MAX_IDS)
        .map((id, at) => [at === 0 ? "id" : `id.${String(at)}`, id]),
    ),
  };
}

function isWord(segment: string): boolean {
  return /^[a-z]{1,20}$/.test(segment);
}
