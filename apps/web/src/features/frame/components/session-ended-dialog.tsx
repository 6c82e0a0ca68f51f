"use client";

import { useApolloClient } from "@apollo/client/react";
import { Modal, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { SignInForm } from "../../auth/components/sign-in-form.tsx";
import {
  useConnection,
  useConnectionState,
} from "../../../components/shell/graphql-provider.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";

interface SessionEndedDialogProps {
  hasIdentityProvider: boolean;
}

/**
 * Signs in again over the page, so that what was typed stays where it is.
 * Somebody else than before starts with a fresh page.
 */
export function SessionEndedDialog(props: SessionEndedDialogProps) {
  const t = useTranslations("shell.sessionEnded");
  const { isSessionEnded } = useConnection();
  const connection = useConnectionState();
  const client = useApolloClient();
  const { user, demoMode } = useViewer();
  return (
    <Modal
      opened={isSessionEnded}
      onClose={() => undefined}
      withCloseButton={false}
      title={t("title")}
    >
      <Stack>
        <Text size="sm">{t("text")}</Text>
        <SignInForm
          isDemo={demoMode}
          hasIdentityProvider={props.hasIdentityProvider}
          returnTo="/"
          email={user.email}
          onSignedIn={(session) => {
            if (session.user.id !== user.id) {
              window.location.assign("/");
              return;
            }
            connection.sessionRenewed();
            void client.refetchQueries({ include: "active" });
          }}
        />
      </Stack>
    </Modal>
  );
}
