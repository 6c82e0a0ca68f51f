"use client";

import { TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import styles from "../../procedure-steps/components/procedures.module.css";

/** Longest words that the API takes, in characters. */
const MAX_WORDS = 120;

interface Words {
  en: string;
  vi: string;
}

interface WordsPairProps {
  label: string;
  words: Words;
  isFirst?: boolean;
  onChange: (words: Words) => void;
}

/** The same words in both languages, side by side. */
export function WordsPair(props: WordsPairProps) {
  const { label, words, isFirst = false, onChange } = props;
  const t = useTranslations("procedures.editor");
  return (
    <div className={styles.fields}>
      {(["en", "vi"] as const).map((language) => (
        <TextInput
          key={language}
          withAsterisk
          label={t("inLanguage", {
            label,
            language: t(`languages.${language}`),
          })}
          maxLength={MAX_WORDS}
          value={words[language]}
          {...(isFirst && language === "en" ? { "data-autofocus": true } : {})}
          onChange={(event) =>
            onChange({ ...words, [language]: event.currentTarget.value })
          }
        />
      ))}
    </div>
  );
}
