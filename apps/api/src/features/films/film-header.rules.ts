import type { HeaderElement, HeaderSubject } from "@lung-iris/inference";
import { can } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";

/** How much of a header somebody is not shown. */
export interface Withheld {
  /** Elements that name, identify or reach somebody other than the patient. */
  people: number;
  /** Private elements: a maker's own, with whatever in them. */
  private: number;
}

/** Whom or what a viewer may not see of a header. */
export function hiddenSubjects(viewer: Viewer): HeaderSubject[] {
  return [
    ...(can(viewer, "header:read-people") ? [] : ["other-person" as const]),
    ...(can(viewer, "header:read-private") ? [] : ["private" as const]),
  ];
}

/**
 * What a viewer may see of a header. A private element may hold a name or
 * another product's answer, so it is for who looks after the systems; whom to
 * call about a film is for who works with it. Free text stays, whatever was
 * typed into it.
 */
export function visibleHeader(
  viewer: Viewer,
  elements: readonly HeaderElement[],
): { elements: HeaderElement[]; withheld: Withheld } {
  const hidden = hiddenSubjects(viewer);
  const count = (subject: HeaderSubject): number =>
    hidden.includes(subject)
      ? elements.filter((element) => element.subject === subject).length
      : 0;
  return {
    elements: elements.filter(({ subject }) => !hidden.includes(subject)),
    withheld: { people: count("other-person"), private: count("private") },
  };
}
