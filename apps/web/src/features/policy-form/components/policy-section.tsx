"use client";

import { Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Messages } from "../../../i18n/messages.ts";
import type { PolicyForm } from "../../policy-draft/use-policy-form.ts";
import styles from "../../policy-draft/components/policies.module.css";

export interface SectionProps {
  form: PolicyForm;
  isReadOnly: boolean;
}

/** A part of the policy with what it is about. */
export function Section(props: {
  name: keyof Messages["policies"]["sections"];
  children: ReactNode;
}) {
  const t = useTranslations(`policies.sections.${props.name}`);
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      <p className={styles.hint}>{t("text")}</p>
      {props.children}
    </section>
  );
}
