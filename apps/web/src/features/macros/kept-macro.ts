import * as z from "zod/mini";
import type {
  MacroFieldsFragment,
  ReportLanguage,
  ReportSection,
} from "../../gql/graphql.ts";
import { NOTHING_TYPED, type Typed } from "../kept-texts/kept-text.ts";
import { REPORT_SECTIONS } from "../report-text/report-draft.ts";

const LANGUAGES = ["EN", "VI"] as const satisfies readonly ReportLanguage[];

/** A macro's name and its words, as the form has them. */
export interface TypedMacro {
  name: string;
  /** By language and section; an empty one is none. */
  texts: Partial<Record<`${ReportLanguage} ${ReportSection}`, string>>;
}

/** What the form begins with: the macro as it stands, or an empty one. */
export function startOf(macro: MacroFieldsFragment | null): TypedMacro {
  const texts = (macro?.texts ?? []).map(
    ({ language, section, text }) => [`${language} ${section}`, text] as const,
  );
  return { name: macro?.name ?? "", texts: Object.fromEntries(texts) };
}

/** What is written of it, section by section, as the API takes it. */
export function writtenTexts({ texts }: TypedMacro) {
  return LANGUAGES.flatMap((language) =>
    REPORT_SECTIONS.flatMap((section) => {
      const text = texts[`${language} ${section}`]?.trim() ?? "";
      return text === "" ? [] : [{ language, section, text }];
    }),
  );
}

/** What is kept of it; as the macro stands there is nothing to keep. */
export function keptMacro(typed: TypedMacro, start: TypedMacro): Typed {
  const isAsBefore = plain(typed) === plain(start);
  return isAsBefore ? NOTHING_TYPED : { text: toText(typed), draft: null };
}

/** What was kept; the macro as it stands where another release wrote it. */
export function readKeptMacro(text: string, start: TypedMacro): TypedMacro {
  try {
    return keptSchema.parse(JSON.parse(text));
  } catch {
    return start;
  }
}

const keptSchema = z.object({
  name: z.string(),
  texts: z.record(z.string(), z.string()),
});

/** The same order whatever was typed first. */
function toText({ name, texts }: TypedMacro): string {
  const places = LANGUAGES.flatMap((language) =>
    REPORT_SECTIONS.map((section) => `${language} ${section}` as const),
  );
  const filled = places.flatMap((place) => {
    const text = texts[place] ?? "";
    return text === "" ? [] : [[place, text] as const];
  });
  return JSON.stringify({ name, texts: Object.fromEntries(filled) });
}

function plain(macro: TypedMacro): string {
  return JSON.stringify([macro.name.trim(), writtenTexts(macro)]);
}
