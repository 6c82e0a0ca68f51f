"use client";

import { Text, UnstyledButton } from "@mantine/core";
import { useTranslations } from "next-intl";
import { DEMO_LOGINS, DEMO_PASSWORD } from "../demo-logins.ts";
import styles from "./demo-logins.module.css";

interface DemoLoginsProps {
  onChoose: (email: string) => void;
}

/** The invented people of demo mode; a click fills one in. */
export function DemoLogins({ onChoose }: DemoLoginsProps) {
  const t = useTranslations();
  return (
    <section aria-labelledby="demo-logins" className={styles.box}>
      <Text id="demo-logins" size="sm" fw={600}>
        {t("signIn.demo.title")}
      </Text>
      <Text size="sm" c="dimmed" mb="sm">
        {t("signIn.demo.text", { password: DEMO_PASSWORD })}
      </Text>
      <ul className={styles.list}>
        {DEMO_LOGINS.map(({ email, role }) => (
          <li key={email}>
            <UnstyledButton
              className={styles.login}
              onClick={() => onChoose(email)}
            >
              <span>{t(`shell.roles.${role}`)}</span>
              <span className={styles.email}>{email}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </section>
  );
}
