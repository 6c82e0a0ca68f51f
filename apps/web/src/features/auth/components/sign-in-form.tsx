"use client";

import {
  Alert,
  Button,
  Divider,
  PasswordInput,
  Stack,
  TextInput,
} from "@mantine/core";
import { useTranslations } from "next-intl";
import { signIn } from "next-auth/react";
import { type SyntheticEvent, useState } from "react";
import type { Session } from "next-auth";
import { DEMO_PASSWORD } from "../demo-logins.ts";
import { DemoLogins } from "./demo-logins.tsx";
import { signInWithPassword } from "../password-sign-in.ts";
import { useSignInErrorText } from "../sign-in-error.ts";

export interface SignInFormProps {
  isDemo: boolean;
  hasIdentityProvider: boolean;
  /** Where the identity provider sends the person back to. */
  returnTo: string;
  /** Filled in already, when a session is taken up again. */
  email?: string;
  /** An error that came in the address, from the identity provider. */
  errorCode?: string | null;
  onSignedIn: (session: Session) => void;
}

export function SignInForm(props: SignInFormProps) {
  const t = useTranslations("signIn");
  const errorText = useSignInErrorText();
  const [email, setEmail] = useState(props.email ?? "");
  const [password, setPassword] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(props.errorCode ?? null);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    const result = await signInWithPassword(email, password);
    if ("session" in result) {
      props.onSignedIn(result.session);
      return;
    }
    setError(result.code);
    setBusy(false);
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        {error ? (
          <Alert color="red" variant="light" role="alert" p="sm">
            {errorText(error)}
          </Alert>
        ) : null}
        <TextInput
          label={t("email")}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          data-autofocus={props.email ? undefined : true}
        />
        <PasswordInput
          label={t("password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          data-autofocus={props.email ? true : undefined}
          visibilityToggleButtonProps={{
            "aria-label": t("showPassword"),
            tabIndex: 0,
          }}
        />
        <Button type="submit" loading={isBusy} fullWidth>
          {t("submit")}
        </Button>
        {props.hasIdentityProvider ? (
          <IdentityProviderButton returnTo={props.returnTo} />
        ) : null}
        {props.isDemo ? (
          <DemoLogins
            onChoose={(chosen) => {
              setEmail(chosen);
              setPassword(DEMO_PASSWORD);
              setError(null);
            }}
          />
        ) : null}
      </Stack>
    </form>
  );
}

function IdentityProviderButton({ returnTo }: { returnTo: string }) {
  const t = useTranslations("signIn");
  return (
    <>
      <Divider label={t("or")} />
      <Button
        variant="default"
        fullWidth
        onClick={() => void signIn("oidc", { callbackUrl: returnTo })}
      >
        {t("withIdentityProvider")}
      </Button>
    </>
  );
}
