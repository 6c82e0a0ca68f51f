"use client";

import { Alert, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { BrandMark } from "../../../components/ui/brand-mark.tsx";
import { LOCALES, type Locale } from "../../../i18n/locales.ts";
import { rememberLocale } from "../../../i18n/remember-locale.ts";
import { homeFor, type SignInReason } from "../../../lib/routes.ts";
import type { ApiHealth } from "../demo-mode.ts";
import { SignInForm } from "./sign-in-form.tsx";
import styles from "./sign-in-page.module.css";

interface SignInPageProps {
  health: ApiHealth;
  hasIdentityProvider: boolean;
  next: string | null;
  reason: SignInReason | null;
  errorCode: string | null;
}

export function SignInPage(props: SignInPageProps) {
  const t = useTranslations("signIn");
  // A language chosen here goes before the one of the account.
  const [chosen, setChosen] = useState<Locale | null>(null);
  return (
    <main className={styles.page}>
      <Paper className={styles.panel} withBorder p="xl">
        <Stack gap="lg">
          <div>
            <Group gap="sm" mb="xs">
              <BrandMark size={24} />
              <Title order={1}>Lung Iris</Title>
            </Group>
            <Text c="dimmed" size="sm">
              {t("subtitle")}
            </Text>
          </div>
          <Notice health={props.health} reason={props.reason} />
          <SignInForm
            isDemo={props.health === "demo"}
            hasIdentityProvider={props.hasIdentityProvider}
            returnTo={props.next ?? "/"}
            errorCode={props.errorCode}
            onSignedIn={(session) => {
              rememberLocale(chosen ?? session.user.locale);
              // A whole page load: what the last person left in memory goes.
              window.location.assign(
                props.next ?? homeFor(session.permissions),
              );
            }}
          />
        </Stack>
      </Paper>
      <LanguageSwitch onChoose={setChosen} />
      <Text size="xs" c="dimmed" ta="center" maw={420}>
        {t("notADevice")}
      </Text>
    </main>
  );
}

function Notice({
  health,
  reason,
}: Pick<SignInPageProps, "health" | "reason">) {
  const t = useTranslations("signIn");
  if (health === "unreachable") {
    return (
      <Alert color="yellow" variant="light" p="sm">
        {t("apiAway")}
      </Alert>
    );
  }
  if (!reason) return null;
  return (
    <Text size="sm" role="status">
      {t(`reasons.${reason}`)}
    </Text>
  );
}

function LanguageSwitch({ onChoose }: { onChoose: (to: Locale) => void }) {
  const t = useTranslations("shell");
  const locale = useLocale();
  const router = useRouter();
  return (
    <Group gap="xs" justify="center">
      {LOCALES.map((item) => (
        <Button
          key={item}
          variant={item === locale ? "default" : "subtle"}
          color="gray"
          size="compact-sm"
          lang={item}
          aria-pressed={item === locale}
          onClick={() => {
            onChoose(item);
            rememberLocale(item);
            router.refresh();
          }}
        >
          {t(`languages.${item}`)}
        </Button>
      ))}
    </Group>
  );
}
