"use client";

import { useMutation } from "@apollo/client/react";
import { SegmentedControl, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import type {
  MacroFieldsFragment,
  ReportLanguage,
} from "../../../gql/graphql.ts";
import { useReasonPlace } from "../../kept-reasons/use-kept-reason.ts";
import { KeptNote } from "../../kept-texts/components/kept-note.tsx";
import { useKeptAt } from "../../kept-texts/use-kept-at.ts";
import {
  MAX_SECTION,
  REPORT_SECTIONS,
} from "../../report-text/report-draft.ts";
import { MACROS, SAVE_OWN_MACRO, SAVE_SITE_MACRO } from "../macro-queries.ts";
import {
  keptMacro,
  readKeptMacro,
  startOf,
  type TypedMacro,
  writtenTexts,
} from "../kept-macro.ts";
import styles from "./macros.module.css";
import { GrowingTextarea } from "../../../components/ui/growing-textarea.tsx";

/** Longest name that the API takes, in characters. */
const MAX_NAME = 40;

interface MacroDialogProps {
  siteId: string;
  isOfSite: boolean;
  /** The one to be changed; null for a new one. */
  macro: MacroFieldsFragment | null;
  onClose: () => void;
}

/** A macro's name and its words, section by section, in both languages. */
export function MacroDialog(props: MacroDialogProps) {
  const { siteId, isOfSite, macro, onClose } = props;
  const t = useTranslations("macros");
  const reports = useTranslations("reports");
  const [language, setLanguage] = useState<ReportLanguage>(
    macro?.texts[0]?.language ?? "EN",
  );
  const [start] = useState(() => startOf(macro));
  const kept = useKeptAt(
    useReasonPlace({
      kind: isOfSite ? "SITE_MACRO" : "OWN_MACRO",
      aboutId: macro?.id ?? siteId,
      part: "",
    }),
    {
      start,
      toTyped: (typed) => keptMacro(typed, start),
      fromKept: ({ text }) => readKeptMacro(text, start),
      label: t("unsaved"),
    },
  );
  const { name, texts } = kept.value;
  const change = (of: Partial<TypedMacro>) =>
    kept.setValue((before) => ({ ...before, ...of }));
  const [save, { loading, error }] = useMutation(
    isOfSite ? SAVE_SITE_MACRO : SAVE_OWN_MACRO,
    { refetchQueries: [MACROS], awaitRefetchQueries: true },
  );
  const written = writtenTexts(kept.value);
  const isReady = name.trim() !== "" && written.length > 0;
  const submit = async () => {
    const id = macro?.id ?? null;
    const input = { id, siteId, name: name.trim(), texts: written };
    try {
      await kept.send(() => save({ variables: { input } }));
      onClose();
    } catch {
      // Shown above the button; what was typed stays.
    }
  };
  return (
    <StepDialog
      title={t(macro ? "change" : isOfSite ? "newOfSite" : "newOwn")}
      action={t("save")}
      isReady={isReady}
      isBusy={loading}
      error={error}
      size="lg"
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <TextInput
        data-autofocus
        label={t("name")}
        description={t("nameHelp")}
        withAsterisk
        maxLength={MAX_NAME}
        leftSection="."
        value={name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        onBlur={kept.flush}
      />
      <SegmentedControl
        size="xs"
        aria-label={reports("language")}
        data={[
          { value: "EN", label: reports("languages.EN") },
          { value: "VI", label: reports("languages.VI") },
        ]}
        value={language}
        onChange={(value) => setLanguage(value === "VI" ? "VI" : "EN")}
      />
      <div className={styles.dim}>{t("textHelp")}</div>
      {REPORT_SECTIONS.map((section) => (
        <GrowingTextarea
          key={section}
          label={reports(`sections.${section}`)}
          minRows={1}
          maxRows={8}
          maxLength={MAX_SECTION}
          value={texts[`${language} ${section}`] ?? ""}
          onBlur={kept.flush}
          onChange={(event) =>
            change({
              texts: {
                ...texts,
                [`${language} ${section}`]: event.currentTarget.value,
              },
            })
          }
        />
      ))}
      <KeptNote kept={kept} />
    </StepDialog>
  );
}
