import { z } from "zod";
import { BadInputError } from "../../errors.ts";
import {
  MAX_SECTION,
  REPORT_LANGUAGES,
  REPORT_SECTIONS,
} from "../reports/report.ts";

/** Longest name, in characters; it is typed to find the text. */
export const MAX_NAME = 40;

/** Words of a macro for one section in one language. */
const macroText = z.object({
  language: z.enum(REPORT_LANGUAGES),
  section: z.enum(REPORT_SECTIONS),
  text: z.string().trim().min(1).max(MAX_SECTION),
});
export type MacroText = z.infer<typeof macroText>;

const macroTexts = z
  .array(macroText)
  .min(1)
  .max(REPORT_LANGUAGES.length * REPORT_SECTIONS.length);

/** The JSON column read back with its type. */
export function readTexts(value: unknown): MacroText[] {
  return macroTexts.parse(value);
}

/**
 * The texts as they are stored: trimmed, each section once in a language, in
 * the order of a report.
 *
 * @throws BAD_USER_INPUT
 */
export function checkTexts(value: unknown): MacroText[] {
  const parsed = macroTexts.safeParse(value);
  if (!parsed.success) {
    throw new BadInputError(
      `Write at least one text; each has 1 to ${String(MAX_SECTION)} characters.`,
      ["input.texts"],
    );
  }
  const texts = parsed.data;
  const places = texts.map(placeOf);
  if (new Set(places).size < places.length) {
    throw new BadInputError("A section has two texts in one language.", [
      "input.texts",
    ]);
  }
  return texts.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function placeOf({ language, section }: MacroText): number {
  return (
    REPORT_LANGUAGES.indexOf(language) * REPORT_SECTIONS.length +
    REPORT_SECTIONS.indexOf(section)
  );
}

/**
 * One word of letters, digits, - and _: a space ends it where it is typed.
 *
 * @throws BAD_USER_INPUT
 */
export function checkName(text: string): string {
  const name = text.trim().normalize("NFC");
  if (/^[\p{L}\p{N}_-]+$/u.test(name) && name.length <= MAX_NAME) return name;
  throw new BadInputError(
    `A name is one word of letters and digits, at most ${String(MAX_NAME)}.`,
    ["input.name"],
  );
}
