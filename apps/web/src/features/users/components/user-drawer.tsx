"use client";

import { Drawer, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useLocale, useTranslations } from "next-intl";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useUnsaved } from "../../../components/shell/unsaved-context.tsx";
import { emptyForm, formOf, type UserRow } from "../user-form-state.ts";
import { useUserForm } from "../use-user-form.ts";
import { UserForm } from "./user-form.tsx";

interface UserDrawerProps {
  /** null adds a new one. */
  user: UserRow | null;
  onClose: () => void;
}

export function UserDrawer({ user, onClose }: UserDrawerProps) {
  const t = useTranslations("users.form");
  const common = useTranslations("common");
  const locale = useLocale();
  const { sites, site } = useSite();
  const firstSite = site ?? (sites.length === 1 ? sites[0] : undefined);
  const start = user
    ? formOf(user)
    : emptyForm(firstSite ? [firstSite.id] : [], locale);
  const control = useUserForm({ user, start, onDone: onClose });
  const title = user ? t("editTitle", { name: user.name }) : t("newTitle");
  useUnsaved(title, control.isDirty);
  const close = () => {
    if (!control.isDirty) {
      onClose();
      return;
    }
    modals.openConfirmModal({
      title: t("discardTitle"),
      children: <Text size="sm">{t("discardText")}</Text>,
      labels: { confirm: t("discard"), cancel: t("keepEditing") },
      confirmProps: { color: "red" },
      closeButtonProps: { "aria-label": common("close") },
      onConfirm: onClose,
    });
  };
  return (
    <Drawer
      opened
      onClose={close}
      closeOnClickOutside={!control.isDirty}
      size={460}
      // A dialog's heading is no banner of the page.
      attributes={{ header: { role: "presentation" } }}
      title={title}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      <UserForm user={user} control={control} onCancel={close} />
    </Drawer>
  );
}
