"use client";

import { PasswordInput, Switch, TextInput, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { WayFieldsProps } from "./email-fields.tsx";
import { TestButton } from "./test-button.tsx";
import styles from "./notifications.module.css";

/** The site's own receiver of notes. */
export function WebhookFields(props: WayFieldsProps) {
  const t = useTranslations("notifications.webhook");
  const { ways, values, isSaved, onChange } = props;
  return (
    <section className={styles.way} aria-labelledby="way-webhook">
      <Title order={2} id="way-webhook">
        {t("title")}
      </Title>
      <p className={styles.hint}>{t("hint")}</p>
      <Switch
        label={t("isOn")}
        checked={values.webhookIsOn}
        onChange={(event) =>
          onChange({ webhookIsOn: event.currentTarget.checked })
        }
      />
      <div className={styles.fields}>
        <TextInput
          label={t("url")}
          placeholder="https://pager.hospital.example/notes"
          value={values.url}
          onChange={(event) => onChange({ url: event.currentTarget.value })}
        />
        <PasswordInput
          label={t("secret")}
          description={t("secretHelp")}
          autoComplete="new-password"
          placeholder={ways.hasWebhookSecret ? t("kept") : ""}
          value={values.secret}
          onChange={(event) => onChange({ secret: event.currentTarget.value })}
        />
      </div>
      <TestButton
        siteId={ways.siteId}
        way="WEBHOOK"
        isReady={ways.webhookIsOn && isSaved}
      />
    </section>
  );
}
