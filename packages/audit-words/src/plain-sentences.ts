import { createTranslator } from "use-intl/core";
import en from "../messages/en.json" with { type: "json" };
import vi from "../messages/vi.json" with { type: "json" };
import {
  sentenceOf,
  type SentenceEvent,
  type SentenceWords,
} from "./audit-sentence.ts";
import { fieldName } from "./code-words.ts";

const MESSAGES = { en, vi };

/** A language that sentences exist in. */
export type SentenceLocale = keyof typeof MESSAGES;

type Section = "actors" | "reasons" | "fields" | "labels" | "decisions";

/** What a person is called by his id, as far as it is known. */
export type NameOf = (userId: string) => string | null;

/** Gives a function that writes an event as a sentence without any marks. */
export function plainSentences(
  locale: SentenceLocale,
): (event: SentenceEvent, nameOf: NameOf) => string {
  const t = createTranslator({ locale, messages: MESSAGES[locale] });
  const named = (section: Section, code: string): string | null => {
    // A code may be newer than these words; `has` is asked first.
    const key = `${section}.${code}` as "actors.SYSTEM";
    return /^[\w.-]+$/.test(code) && t.has(key) ? t(key) : null;
  };
  const lists = new Intl.ListFormat(locale, { type: "conjunction" });
  const languages = new Intl.DisplayNames([locale], { type: "language" });
  const words: Omit<SentenceWords, "person"> = {
    aPatient: t("words.aPatient"),
    unknownPatient: t("words.unknownPatient"),
    someReason: t("words.someReason"),
    someFields: t("words.details"),
    actor: (id) => named("actors", id),
    reason: (code) => named("reasons", code) ?? code,
    field: (name) => fieldName(name, (part) => named("fields", part)),
    label: (code) => named("labels", code) ?? code,
    decision: (code) => named("decisions", code) ?? code,
    language: (code) => languages.of(code) ?? code,
    percent: (fraction) => `${String(Math.round(fraction * 100))} %`,
    list: (items) => lists.format(items),
  };
  return (event, nameOf) => {
    const { key, values } = sentenceOf(event, { ...words, person: nameOf });
    return t.markup(`sentences.${key}`, {
      ...values,
      who: (chunks) => chunks,
      what: (chunks) => chunks,
    });
  };
}
