"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import {
  type Sentence,
  type SentenceEvent,
  type SentenceWords,
  sentenceOf,
} from "@lung-iris/audit-words";
import { formatProbability } from "../triage/triage-format.ts";
import { useAuditNames } from "./audit-names.tsx";
import { useAuditWords } from "./use-audit-words.ts";
import styles from "./components/audit.module.css";

/** Gives a function that writes an event as a sentence. */
export function useAuditSentence(): (event: SentenceEvent) => ReactNode {
  const t = useTranslations("audit");
  const words = useSentenceWords();
  return (event) => {
    const { key, values }: Sentence = sentenceOf(event, words);
    return t.rich(`sentences.${key}`, {
      ...values,
      who: (chunks) => <b className={styles.who}>{chunks}</b>,
      what: (chunks) => <b className={styles.what}>{chunks}</b>,
    });
  };
}

function useSentenceWords(): SentenceWords {
  const t = useTranslations("audit");
  const format = useFormatter();
  const locale = useLocale();
  const words = useAuditWords();
  const person = useAuditNames();
  return {
    ...words,
    person,
    aPatient: t("words.aPatient"),
    unknownPatient: t("words.unknownPatient"),
    someReason: t("words.someReason"),
    someFields: t("words.details"),
    percent: formatProbability,
    list: (items) => format.list(items, { type: "conjunction" }),
    language: (code) =>
      new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code,
  };
}
