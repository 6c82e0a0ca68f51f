"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useId, useRef } from "react";
import type { ReportLanguage, ReportSection } from "../../../gql/graphql.ts";
import { MacroMenu } from "../../macros/components/macro-menu.tsx";
import type { MacroLike } from "../../macros/expand-macro.ts";
import { useMacroKeys } from "../../macros/use-macro-keys.ts";
import { MAX_SECTION } from "../../report-text/report-draft.ts";
import styles from "../../report-text/components/report.module.css";
import { GrowingTextarea } from "../../../components/ui/growing-textarea.tsx";

interface SectionFieldProps {
  section: ReportSection;
  text: string;
  language: ReportLanguage;
  macros: readonly MacroLike[];
  /** It follows the choices: nobody typed in it. */
  isSuggested: boolean;
  isDisabled: boolean;
  onChange: (text: string) => void;
  /** Beside the name of the section. */
  aside?: ReactNode;
}

/** One section: as high as its text, with a word on where that comes from. */
export function SectionField(props: SectionFieldProps) {
  const { section, text } = props;
  const t = useTranslations("reports");
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const macro = useMacroKeys(
    field,
    props.macros,
    { section, language: props.language, text, max: MAX_SECTION },
    props.onChange,
  );
  return (
    <div>
      <div className={styles.sectionHead}>
        <label htmlFor={id}>{t(`sections.${section}`)}</label>
        {props.isSuggested ? (
          <span className={styles.origin}>{t("suggested")}</span>
        ) : null}
        {props.aside}
        <MacroMenu
          macros={macro.offered}
          section={t(`sections.${section}`)}
          isOpen={macro.isListOpen}
          isDisabled={props.isDisabled}
          onToggle={macro.setListOpen}
          onChoose={macro.choose}
        />
      </div>
      <GrowingTextarea
        id={id}
        minRows={section === "FINDINGS" ? 2 : 1}
        maxRows={14}
        maxLength={MAX_SECTION}
        disabled={props.isDisabled}
        ref={field}
        value={text}
        onKeyDown={macro.onKeyDown}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
    </div>
  );
}
