"use client";

import { Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { QuietHoursForm } from "../../inbox/components/quiet-hours-form.tsx";
import { ChoicesForm } from "../../notifications/components/choices-form.tsx";
import { MacroList } from "../../macros/components/macro-list.tsx";
import { ChangePasswordForm } from "../../auth/components/change-password-form.tsx";
import styles from "./profile-page.module.css";

/** Who one is here, and the password that nobody else knows. */
export function ProfilePage() {
  const t = useTranslations("account");
  const roles = useTranslations("shell.roles");
  const { user, sites, can } = useViewer();
  return (
    <PageBody narrow>
      <PageHeader title={t("title")} description={t("description")} />
      <dl className={styles.facts}>
        <dt>{t("facts.name")}</dt>
        <dd>{user.name}</dd>
        <dt>{t("facts.email")}</dt>
        <dd>{user.email}</dd>
        <dt>{t("facts.role")}</dt>
        <dd>{roles(user.role)}</dd>
        <dt>{t("facts.sites")}</dt>
        <dd>{sites.map(({ code, name }) => `${code} · ${name}`).join(", ")}</dd>
      </dl>
      <Title order={2} mb="xs">
        {t("password.title")}
      </Title>
      <PasswordPart />
      {can("case:read") ? <QuietHoursForm /> : null}
      {can("case:read") ? <ChoicesForm /> : null}
      {can("macro:own")
        ? sites.map((site) => (
            <OwnMacros key={site.id} site={site} isNamed={sites.length > 1} />
          ))
        : null}
    </PageBody>
  );
}

/** The reader's own texts at a site, which is named where there are more. */
function OwnMacros(props: {
  site: { id: string; name: string };
  isNamed: boolean;
}) {
  const { site, isNamed } = props;
  return (
    <div className={styles.macros}>
      {isNamed ? <Text fw={600}>{site.name}</Text> : null}
      <MacroList siteId={site.id} isOfSite={false} />
    </div>
  );
}

/** Not everybody has a password of their own to change. */
function PasswordPart() {
  const t = useTranslations("account.password");
  const notify = useNotify();
  const { user, proofMethod } = useViewer();
  if (proofMethod === "IDENTITY_PROVIDER") return <Text>{t("elsewhere")}</Text>;
  if (user.isDemo) return <Text>{t("demo")}</Text>;
  return (
    <>
      <Text c="dimmed" size="sm" mb="md">
        {t("text")}
      </Text>
      <ChangePasswordForm
        email={user.email}
        onChanged={() => notify.done(t("changed"))}
      />
    </>
  );
}
