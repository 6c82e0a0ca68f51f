"use client";

import { Button, PasswordInput } from "@mantine/core";
import { IconDice5 } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CopyIcon } from "../../../components/ui/copy-value.tsx";
import { MIN_PASSWORD_LENGTH, makePassword } from "../user-form-state.ts";
import type { UserFormControl } from "../use-user-form.ts";
import styles from "./users.module.css";

interface PasswordFieldProps {
  isNew: boolean;
  control: UserFormControl;
}

/** A first or another password; one can be made and copied to hand it over. */
export function PasswordField({ isNew, control }: PasswordFieldProps) {
  const t = useTranslations("users.form");
  const [isVisible, setVisible] = useState(false);
  const { form, change, errorAt } = control;
  return (
    <div className={styles.passwordRow}>
      <PasswordInput
        label={isNew ? t("password") : t("newPassword")}
        description={t("passwordRules", { length: MIN_PASSWORD_LENGTH })}
        inputWrapperOrder={["label", "input", "description", "error"]}
        autoComplete="new-password"
        value={form.password}
        error={errorAt("password")}
        visible={isVisible}
        onVisibilityChange={setVisible}
        visibilityToggleButtonProps={{
          "aria-label": t("showPassword"),
          tabIndex: 0,
        }}
        onChange={(event) => change({ password: event.currentTarget.value })}
      />
      <div className={styles.passwordTools}>
        <Button
          variant="default"
          leftSection={<IconDice5 size={16} aria-hidden />}
          onClick={() => {
            change({
              password: makePassword((bytes) => crypto.getRandomValues(bytes)),
            });
            setVisible(true);
          }}
        >
          {t("makePassword")}
        </Button>
        <CopyIcon
          value={form.password}
          what={t("thePassword")}
          disabled={form.password === ""}
        />
      </div>
    </div>
  );
}
