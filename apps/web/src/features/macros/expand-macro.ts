import type { ReportLanguage, ReportSection } from "../../gql/graphql.ts";

/** A macro as far as it can be put in. */
export interface MacroLike {
  readonly name: string;
  readonly isOfSite: boolean;
  readonly texts: readonly {
    readonly language: ReportLanguage;
    readonly section: ReportSection;
    readonly text: string;
  }[];
}

/** Words for one section in one language, under their name. */
export interface SectionMacro {
  name: string;
  text: string;
}

/**
 * What can be put into a section, by name: one's own before the site's of the
 * same name.
 */
export function macrosFor(
  macros: readonly MacroLike[],
  section: ReportSection,
  language: ReportLanguage,
): SectionMacro[] {
  const own = macros.filter(({ isOfSite }) => !isOfSite);
  const ofSite = macros.filter(({ isOfSite }) => isOfSite);
  const byName = new Map<string, SectionMacro>();
  for (const { name, texts } of [...own, ...ofSite]) {
    const found = texts.find(
      (one) => one.section === section && one.language === language,
    );
    const key = name.toLowerCase();
    if (found && !byName.has(key)) byName.set(key, { name, text: found.text });
  }
  return [...byName.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

/** A text and what of it is selected, as places in it. */
export interface Typed {
  text: string;
  start: number;
  end: number;
}

/** ".name" right before the caret, at the beginning or after a space. */
const CALL = /(^|\s)\.([\p{L}\p{N}_-]+)$/u;

/** The text with ".name" before the caret expanded; null where there is none. */
export function expanded(
  { text, start, end }: Typed,
  macros: readonly SectionMacro[],
): Typed | null {
  if (start !== end) return null;
  const name = CALL.exec(text.slice(0, start))?.[2];
  if (name === undefined) return null;
  const wanted = name.normalize("NFC").toLowerCase();
  const macro = macros.find((one) => one.name.toLowerCase() === wanted);
  if (!macro) return null;
  return inserted({ text, start: start - name.length - 1, end }, macro.text);
}

/**
 * The text with words in the place of the selection; what is to be filled
 * first is selected, else the caret stands behind them.
 */
export function inserted({ text, start, end }: Typed, words: string): Typed {
  const after = start + words.length;
  const whole = text.slice(0, start) + words + text.slice(end);
  const gap = gapAfter(whole, start);
  return gap !== null && gap.end <= after
    ? { text: whole, ...gap }
    : { text: whole, start: after, end: after };
}

/** The next "[…]" behind the selection; null where none is left. */
export function nextGap({ text, end }: Typed): Typed | null {
  const gap = gapAfter(text, end);
  return gap && { text, ...gap };
}

function gapAfter(
  text: string,
  from: number,
): { start: number; end: number } | null {
  const gap = /\[[^[\]\n]*\]/g;
  gap.lastIndex = from;
  const found = gap.exec(text);
  return found
    ? { start: found.index, end: found.index + found[0].length }
    : null;
}
