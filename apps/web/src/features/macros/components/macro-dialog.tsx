"use client";

import { useMutation } from "@apollo/client/react";
import { SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import type {
  MacroFieldsFragment,
  ReportLanguage,
  ReportSection,
} from "../../../gql/graphql.ts";
import { MAX_SECTION, REPORT_SECTIONS } from "../../reports/report-draft.ts";
import { MACROS, SAVE_OWN_MACRO, SAVE_SITE_MACRO } from "../macro-queries.ts";
import styles from "./macros.module.css";

/** Longest name that the API takes, in characters. */
const MAX_NAME = 40;

type Texts = Partial<Record<`${ReportLanguage} ${ReportSection}`, string>>;

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
  const [name, setName] = useState(macro?.name ?? "");
  const [language, setLanguage] = useState<ReportLanguage>(
    macro?.texts[0]?.language ?? "EN",
  );
  const [texts, setTexts] = useState<Texts>(() =>
    Object.fromEntries(
      (macro?.texts ?? []).map((one) => [
        `${one.language} ${one.section}`,
        one.text,
      ]),
    ),
  );
  const [save, { loading, error }] = useMutation(
    isOfSite ? SAVE_SITE_MACRO : SAVE_OWN_MACRO,
    {
      refetchQueries: [MACROS],
      awaitRefetchQueries: true,
      onCompleted: onClose,
    },
  );
  const written = (["EN", "VI"] as const).flatMap((one) =>
    REPORT_SECTIONS.flatMap((section) => {
      const text = texts[`${one} ${section}`]?.trim() ?? "";
      return text === "" ? [] : [{ language: one, section, text }];
    }),
  );
  const isReady = name.trim() !== "" && written.length > 0;
  return (
    <StepDialog
      title={t(macro ? "change" : isOfSite ? "newOfSite" : "newOwn")}
      action={t("save")}
      isReady={isReady}
      isBusy={loading}
      error={error}
      size="lg"
      onClose={onClose}
      onSubmit={() => {
        const id = macro?.id ?? null;
        const input = { id, siteId, name: name.trim(), texts: written };
        save({ variables: { input } }).catch(() => undefined);
      }}
    >
      <TextInput
        data-autofocus
        label={t("name")}
        description={t("nameHelp")}
        withAsterisk
        maxLength={MAX_NAME}
        leftSection="."
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
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
        <Textarea
          key={section}
          label={reports(`sections.${section}`)}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={MAX_SECTION}
          value={texts[`${language} ${section}`] ?? ""}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setTexts((before) => ({
              ...before,
              [`${language} ${section}`]: text,
            }));
          }}
        />
      ))}
    </StepDialog>
  );
}
