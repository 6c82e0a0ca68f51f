import { plainText } from "../../lib/plain-text.ts";

interface Searched {
  readonly tag: string;
  readonly keyword?: string | null;
  readonly value?: string | null;
}

/**
 * Elements with the text in their name, number or value, whatever the accents:
 * "patient name", "0010,0010", "00100010" and "nguyen" all find one.
 */
export function elementsLike<Element extends Searched>(
  elements: readonly Element[],
  text: string,
): Element[] {
  const wanted = plainText(text.trim());
  if (wanted === "") return [...elements];
  const digits = wanted.replace(/[(),\s]/gu, "");
  const joined = wanted.replace(/\s/gu, "");
  return elements.filter(({ tag, keyword, value }) => {
    const number = tag.replace(/\W/gu, "").toLowerCase();
    return (
      (digits !== "" && number.startsWith(digits)) ||
      plainText(keyword ?? "").includes(joined) ||
      plainText(value ?? "").includes(wanted)
    );
  });
}

/** "PatientBirthDate" as words; runs of capitals stay together. */
export function keywordWords(keyword: string): string {
  return keyword
    .replace(/([a-z\d])([A-Z])/gu, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/gu, "$1 $2");
}
