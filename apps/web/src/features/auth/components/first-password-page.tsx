"use client";

import { Button, Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { signOut } from "next-auth/react";
import { GraphqlProvider } from "../../../components/shell/graphql-provider.tsx";
import { routes } from "../../../lib/routes.ts";
import { ChangePasswordForm } from "./change-password-form.tsx";
import styles from "./sign-in-page.module.css";

/** Instead of any page, until the password is the person's own. */
export function FirstPasswordPage({ email }: { email: string }) {
  const t = useTranslations("account.first");
  const shell = useTranslations("shell");
  return (
    <GraphqlProvider webSocketOrigin="">
      <main className={styles.page}>
        <Paper className={styles.panel} withBorder p="xl">
          <Stack gap="lg">
            <div>
              <Title order={1}>{t("title")}</Title>
              <Text c="dimmed" size="sm" mt="xs">
                {t("text")}
              </Text>
            </div>
            <ChangePasswordForm
              email={email}
              // A whole page load: what the person may do is asked for anew.
              onChanged={() => window.location.assign(routes.home())}
            />
          </Stack>
        </Paper>
        <Button
          variant="subtle"
          color="gray"
          onClick={() =>
            void signOut({
              callbackUrl: routes.signIn({ reason: "signed-out" }),
            })
          }
        >
          {shell("signOut")}
        </Button>
      </main>
    </GraphqlProvider>
  );
}
