"use client";

import { useMutation } from "@apollo/client/react";
import {
  Alert,
  Button,
  Group,
  PasswordInput,
  Stack,
  Text,
} from "@mantine/core";
import { useTranslations } from "next-intl";
import { signIn } from "next-auth/react";
import { type SyntheticEvent, useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { errorCode, useErrorText } from "../../../lib/error-text.ts";
import { REAUTHENTICATE } from "../account-mutations.ts";

/** Whether a signature was refused because the password has to be given. */
export function wantsProof(error: unknown): boolean {
  return Boolean(error) && errorCode(error) === "REAUTHENTICATION_REQUIRED";
}

interface SignatureProofProps {
  /** Signs again, now that the person has proved to be there. */
  onProved: () => void;
  onCancel: () => void;
}

/** In place of the sign button: the password, and with Enter the signature. */
export function SignatureProof(props: SignatureProofProps) {
  const { proofMethod } = useViewer();
  return proofMethod === "PASSWORD" ? (
    <PasswordProof {...props} />
  ) : (
    <ProviderProof onCancel={props.onCancel} />
  );
}

function PasswordProof({ onProved, onCancel }: SignatureProofProps) {
  const t = useTranslations("account.proof");
  const common = useTranslations("common");
  const signInTexts = useTranslations("signIn");
  const errorText = useErrorText();
  const [password, setPassword] = useState("");
  const [prove, { loading, error }] = useMutation(REAUTHENTICATE);
  const isWrong = error && errorCode(error) === "INVALID_CREDENTIALS";
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    try {
      await prove({ variables: { password } });
    } catch {
      setPassword("");
      return; // shown at the field, from the mutation's own state
    }
    onProved();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        {error && !isWrong ? (
          <Alert color="red" variant="light" role="alert" p="sm">
            {errorText(error)}
          </Alert>
        ) : null}
        <PasswordInput
          label={t("password")}
          description={t("why")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          autoComplete="current-password"
          autoFocus
          required
          withAsterisk={false}
          value={password}
          error={isWrong ? t("wrong") : null}
          visibilityToggleButtonProps={{
            "aria-label": signInTexts("showPassword"),
            tabIndex: 0,
          }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={loading}>
            {t("sign")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The provider asks on its own pages; the draft waits on this one. */
function ProviderProof({ onCancel }: Pick<SignatureProofProps, "onCancel">) {
  const t = useTranslations("account.proof");
  const common = useTranslations("common");
  const again = () =>
    signIn(
      "oidc",
      { callbackUrl: window.location.pathname + window.location.search },
      // OpenID Connect Core 1.0, 3.1.2.1: ask the person, whatever is open.
      { prompt: "login", max_age: "0" },
    );
  return (
    <Stack gap="sm">
      <Text size="sm">{t("provider")}</Text>
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onCancel}>
          {common("cancel")}
        </Button>
        <Button onClick={() => void again()}>{t("toProvider")}</Button>
      </Group>
    </Stack>
  );
}
