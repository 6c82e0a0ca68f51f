"use client";

import {
  NativeSelect,
  PasswordInput,
  Switch,
  TextInput,
  Title,
} from "@mantine/core";
import { useTranslations } from "next-intl";
import type { WaysFieldsFragment } from "../../../gql/graphql.ts";
import { withSecurity, type WaysValues } from "../ways-values.ts";
import { TestButton } from "./test-button.tsx";
import styles from "./notifications.module.css";

export interface WayFieldsProps {
  ways: WaysFieldsFragment;
  values: WaysValues;
  /** Nothing was typed since: what is saved can be tried. */
  isSaved: boolean;
  onChange: (change: Partial<WaysValues>) => void;
}

const SECURITIES = ["STARTTLS", "TLS", "NONE"] as const;

/** The site's mail server. */
export function EmailFields(props: WayFieldsProps) {
  const t = useTranslations("notifications.email");
  const { ways, values, isSaved, onChange } = props;
  return (
    <section className={styles.way} aria-labelledby="way-email">
      <Title order={2} id="way-email">
        {t("title")}
      </Title>
      <p className={styles.hint}>{t("hint")}</p>
      <Switch
        label={t("isOn")}
        checked={values.emailIsOn}
        onChange={(event) =>
          onChange({ emailIsOn: event.currentTarget.checked })
        }
      />
      <div className={styles.fields}>
        <TextInput
          label={t("host")}
          placeholder="mail.hospital.example"
          value={values.host}
          onChange={(event) => onChange({ host: event.currentTarget.value })}
        />
        <NativeSelect
          label={t("security")}
          value={values.security}
          data={SECURITIES.map((value) => ({
            value,
            label: t(`securities.${value}`),
          }))}
          onChange={(event) => {
            const next = SECURITIES.find(
              (one) => one === event.currentTarget.value,
            );
            if (next) onChange(withSecurity(values, next));
          }}
        />
        <TextInput
          label={t("port")}
          inputMode="numeric"
          value={values.port}
          onChange={(event) => onChange({ port: event.currentTarget.value })}
        />
        <TextInput
          label={t("from")}
          placeholder="lung-iris@hospital.example"
          value={values.from}
          onChange={(event) => onChange({ from: event.currentTarget.value })}
        />
        <TextInput
          label={t("user")}
          autoComplete="off"
          value={values.user}
          onChange={(event) => onChange({ user: event.currentTarget.value })}
        />
        <PasswordInput
          label={t("password")}
          autoComplete="new-password"
          placeholder={ways.hasSmtpPassword ? t("kept") : ""}
          value={values.password}
          onChange={(event) =>
            onChange({ password: event.currentTarget.value })
          }
        />
      </div>
      <TestButton
        siteId={ways.siteId}
        way="EMAIL"
        isReady={ways.emailIsOn && isSaved}
      />
    </section>
  );
}
