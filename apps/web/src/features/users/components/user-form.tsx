"use client";

import {
  Alert,
  Button,
  Checkbox,
  Input,
  Radio,
  SegmentedControl,
  Switch,
  TextInput,
} from "@mantine/core";
import { useTranslations } from "next-intl";
import { type SyntheticEvent, useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { LOCALES } from "../../../i18n/locales.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import { GRADES, ROLES, hasGrade, type UserRow } from "../user-form-state.ts";
import type { UserFormControl } from "../use-user-form.ts";
import { PasswordField } from "./password-field.tsx";
import styles from "./users.module.css";

interface UserFormProps {
  user: UserRow | null;
  control: UserFormControl;
  onCancel: () => void;
}

export function UserForm({ user, control, onCancel }: UserFormProps) {
  const t = useTranslations("users.form");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    control.submit();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      {control.error ? (
        <Alert color="red" p="sm" role="alert" title={t("notSaved")}>
          {errorText(control.error)}
        </Alert>
      ) : null}
      <PersonFields user={user} control={control} />
      <RoleField control={control} />
      {hasGrade(control.form.role) ? <GradeField control={control} /> : null}
      <SitesField control={control} />
      <LanguageField control={control} />
      {user ? <ActiveField control={control} user={user} /> : null}
      <PasswordSection user={user} control={control} />
      <div className={styles.footer}>
        <Button variant="default" onClick={onCancel}>
          {common("cancel")}
        </Button>
        <Button
          type="submit"
          loading={control.isSaving}
          disabled={user !== null && !control.isDirty}
        >
          {user ? common("save") : t("add")}
        </Button>
      </div>
    </form>
  );
}

type FieldProps = Pick<UserFormProps, "control">;

function PersonFields({
  user,
  control,
}: FieldProps & { user: UserRow | null }) {
  const t = useTranslations("users.form");
  const { form, change, errorAt } = control;
  return (
    <>
      <TextInput
        label={t("name")}
        description={t("nameHint")}
        autoComplete="off"
        data-autofocus
        value={form.name}
        error={errorAt("name")}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t("email")}
        description={user ? t("emailFixed") : null}
        type="email"
        autoComplete="off"
        readOnly={user !== null}
        value={form.email}
        error={errorAt("email")}
        onChange={(event) => change({ email: event.currentTarget.value })}
      />
    </>
  );
}

function RoleField({ control }: FieldProps) {
  const t = useTranslations("users.form");
  const shell = useTranslations("shell.roles");
  const { form, change, errorAt } = control;
  return (
    <Radio.Group
      label={t("role")}
      value={form.role}
      error={errorAt("role")}
      onChange={(value) => {
        const role = ROLES.find((known) => known === value);
        if (role) change({ role });
      }}
    >
      <div className={styles.roles}>
        {ROLES.map((role) => (
          <Radio
            key={role}
            value={role}
            label={shell(role)}
            description={t(`roles.${role}`)}
          />
        ))}
      </div>
    </Radio.Group>
  );
}

function GradeField({ control }: FieldProps) {
  const t = useTranslations("users");
  const { form, change, errorAt } = control;
  return (
    <Input.Wrapper
      label={t("form.grade")}
      description={t(`form.grades.${form.grade}`)}
      labelElement="div"
      error={errorAt("grade")}
    >
      <SegmentedControl
        fullWidth
        aria-label={t("form.grade")}
        data={GRADES.map((value) => ({ value, label: t(`grades.${value}`) }))}
        value={form.grade}
        onChange={(grade) => change({ grade })}
      />
    </Input.Wrapper>
  );
}

function SitesField({ control }: FieldProps) {
  const t = useTranslations("users.form");
  const { sites } = useViewer();
  const { form, change, errorAt } = control;
  return (
    <Checkbox.Group
      label={t("sites")}
      description={t("sitesHint")}
      value={[...form.siteIds]}
      error={errorAt("siteIds")}
      onChange={(siteIds) => change({ siteIds })}
    >
      <div className={styles.sites}>
        {sites.map((site) => (
          <Checkbox
            key={site.id}
            value={site.id}
            label={`${site.code} · ${site.name}`}
          />
        ))}
      </div>
    </Checkbox.Group>
  );
}

function LanguageField({ control }: FieldProps) {
  const t = useTranslations("users.form");
  const languages = useTranslations("shell.languages");
  const { form, change, errorAt } = control;
  return (
    <Input.Wrapper
      label={t("language")}
      labelElement="div"
      error={errorAt("locale")}
    >
      <SegmentedControl
        fullWidth
        aria-label={t("language")}
        data={LOCALES.map((value) => ({ value, label: languages(value) }))}
        value={form.locale}
        onChange={(locale) => change({ locale })}
      />
    </Input.Wrapper>
  );
}

function ActiveField({ control, user }: FieldProps & { user: UserRow }) {
  const t = useTranslations("users.form");
  const { form, change, errorAt } = control;
  const isGoing = user.isActive && !form.isActive;
  return (
    <Switch
      label={t("active")}
      description={isGoing ? t("deactivateHint") : t("activeHint")}
      checked={form.isActive}
      error={errorAt("isActive")}
      onChange={(event) => change({ isActive: event.currentTarget.checked })}
    />
  );
}

function PasswordSection({
  user,
  control,
}: FieldProps & { user: UserRow | null }) {
  const t = useTranslations("users.form");
  const [isOpen, setOpen] = useState(user === null);
  if (isOpen) return <PasswordField isNew={user === null} control={control} />;
  return (
    <Button variant="default" onClick={() => setOpen(true)}>
      {t("setPassword")}
    </Button>
  );
}
