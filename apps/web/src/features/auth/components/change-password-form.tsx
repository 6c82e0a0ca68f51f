"use client";

import { useMutation } from "@apollo/client/react";
import { Alert, Button, PasswordInput, Stack } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type SyntheticEvent, useState } from "react";
import { errorCode, useErrorText } from "../../../lib/error-text.ts";
import { passwordProblemOf } from "../../../lib/password-problem.ts";
import { CHANGE_PASSWORD } from "../account-mutations.ts";

interface ChangePasswordFormProps {
  /** For password managers, which look for a name in the form. */
  email: string;
  onChanged: () => void;
}

/** The password so far, and the new one twice. */
export function ChangePasswordForm(props: ChangePasswordFormProps) {
  const t = useTranslations("account.password");
  const [current, setCurrent] = useState("");
  const [wanted, setWanted] = useState("");
  const [again, setAgain] = useState("");
  const [change, { loading, error }] = useMutation(CHANGE_PASSWORD);
  const [isChecked, setChecked] = useState(false);
  const isDifferent = wanted !== again;
  const at = useFieldErrors(error);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setChecked(true);
    if (isDifferent) return;
    try {
      await change({
        variables: { currentPassword: current, newPassword: wanted },
      });
    } catch {
      return; // shown below, from the mutation's own state
    }
    setCurrent("");
    setWanted("");
    setAgain("");
    setChecked(false);
    props.onChanged();
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md" maw={400}>
        {at.form ? (
          <Alert color="red" variant="light" role="alert" p="sm">
            {at.form}
          </Alert>
        ) : null}
        <input
          type="text"
          name="username"
          autoComplete="username"
          value={props.email}
          readOnly
          hidden
        />
        <Password
          label={t("current")}
          autoComplete="current-password"
          value={current}
          error={at.current}
          onChange={setCurrent}
        />
        <Password
          label={t("new")}
          description={t("rules")}
          autoComplete="new-password"
          value={wanted}
          error={at.wanted}
          onChange={setWanted}
        />
        <Password
          label={t("again")}
          autoComplete="new-password"
          value={again}
          error={isChecked && isDifferent ? t("different") : null}
          onChange={setAgain}
        />
        <Button type="submit" loading={loading}>
          {t("change")}
        </Button>
      </Stack>
    </form>
  );
}

interface PasswordProps {
  label: string;
  description?: string;
  autoComplete: string;
  value: string;
  error: string | null;
  onChange: (value: string) => void;
}

function Password({ onChange, ...props }: PasswordProps) {
  const t = useTranslations("signIn");
  return (
    <PasswordInput
      {...props}
      required
      withAsterisk={false}
      inputWrapperOrder={["label", "input", "description", "error"]}
      visibilityToggleButtonProps={{
        "aria-label": t("showPassword"),
        tabIndex: 0,
      }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Where a refusal belongs: at a field, or above the form. */
function useFieldErrors(error: unknown) {
  const t = useTranslations("account.password");
  const problems = useTranslations("users.form.problems");
  const errorText = useErrorText();
  const nowhere = { current: null, wanted: null, form: null };
  if (!error) return nowhere;
  const code = errorCode(error);
  if (code === "INVALID_CREDENTIALS")
    return { ...nowhere, current: t("wrong") };
  const problem = passwordProblemOf(error);
  if (problem) return { ...nowhere, wanted: problems(problem) };
  if (code === "BAD_USER_INPUT") return { ...nowhere, wanted: t("same") };
  return { ...nowhere, form: errorText(error) };
}
