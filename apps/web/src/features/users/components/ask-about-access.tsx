"use client";

import { List, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { AccessChange } from "../user-form-state.ts";

/** Gives a function that asks before somebody may do more, less or nothing. */
export function useAskAboutAccess(): (
  name: string,
  change: AccessChange,
  onYes: () => void,
) => void {
  const t = useTranslations("users.form");
  const common = useTranslations("common");
  const lines = useAccessLines();
  return (name, change, onYes) => {
    modals.openConfirmModal({
      title: t("accessTitle", { name }),
      children: (
        <List size="sm" spacing="xs">
          {lines(change).map((line) => (
            <List.Item key={line}>
              <Text size="sm">{line}</Text>
            </List.Item>
          ))}
        </List>
      ),
      labels: { confirm: t("accessChange"), cancel: t("keepEditing") },
      closeButtonProps: { "aria-label": common("close") },
      onConfirm: onYes,
    });
  };
}

function useAccessLines(): (change: AccessChange) => string[] {
  const t = useTranslations("users.form");
  const roles = useTranslations("shell.roles");
  const grades = useTranslations("users.grades");
  const { sites } = useViewer();
  const siteNames = (ids: readonly string[]) =>
    ids
      .map((id) => sites.find((site) => site.id === id)?.name ?? id)
      .join(", ");
  return ({ role, grade, sitesGained, sitesLost, isActive }) => [
    ...(role === null
      ? []
      : [
          t("accessRole", { from: roles(role.from), to: roles(role.to) }),
          t(`roles.${role.to}`),
        ]),
    ...(grade === null
      ? []
      : [
          t("accessRole", { from: grades(grade.from), to: grades(grade.to) }),
          t(`grades.${grade.to}`),
        ]),
    ...(sitesGained.length === 0
      ? []
      : [t("accessGained", { sites: siteNames(sitesGained) })]),
    ...(sitesLost.length === 0
      ? []
      : [t("accessLost", { sites: siteNames(sitesLost) })]),
    ...(isActive === null
      ? []
      : [t(isActive ? "activeAgain" : "deactivateHint")]),
  ];
}
