"use client";

import { Button, Menu, Text } from "@mantine/core";
import {
  IconBookmark,
  IconBookmarkPlus,
  IconChevronDown,
  IconDeviceFloppy,
  IconSettings,
  IconStarFilled,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import type { ViewFieldsFragment } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import type { WorklistChoice } from "../../worklist-query/worklist-url.ts";
import { useDefaultView, useViewActions, useViews } from "../use-views.ts";
import { choiceOf, isAsSaved, settingsOf } from "../view-settings.ts";
import { ManageViewsDialog } from "./manage-views-dialog.tsx";
import { SaveViewDialog } from "./save-view-dialog.tsx";
import styles from "./views.module.css";

interface ViewMenuProps {
  /** How the worklist is set out now. */
  choice: WorklistChoice;
  onChoose: (choice: WorklistChoice) => void;
}

type View = ViewFieldsFragment;

/** The views that were saved, and what is done with them. */
export function ViewMenu({ choice, onChoose }: ViewMenuProps) {
  const t = useTranslations("views");
  const [open, setOpen] = useState<"save" | "manage" | null>(null);
  const [isOpen, setMenuOpen] = useState(false);
  useShortcuts([
    {
      id: "list.views",
      group: "list",
      keys: "v",
      label: t("menu"),
      run: () => setMenuOpen(true),
    },
  ]);
  const list = useViews();
  const actions = useViewActions();
  const active = list.views.find(({ id }) => id === choice.saved);
  const isChanged = active !== undefined && !isAsSaved(choice, active);
  const label = active
    ? t(isChanged ? "changedName" : "name", { name: active.name })
    : t("menu");
  return (
    <>
      <Menu
        opened={isOpen}
        onChange={setMenuOpen}
        position="bottom-start"
        width={320}
        withinPortal={false}
      >
        <Menu.Target>
          <Button
            size="compact-sm"
            variant={active ? "light" : "subtle"}
            {...(active ? {} : { color: "gray" })}
            className={styles.target}
            aria-keyshortcuts="v"
            leftSection={<IconBookmark size={14} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
            aria-label={active ? t("menuOf", { name: label }) : undefined}
          >
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown className={styles.dropdown}>
          <ViewItems
            {...list}
            activeId={active?.id ?? null}
            onChoose={(view) => onChoose(choiceOf(view))}
          />
          <Menu.Divider />
          {active?.viewerCanEdit && isChanged ? (
            <Menu.Item
              leftSection={<IconDeviceFloppy size={16} aria-hidden />}
              onClick={() =>
                actions.save(active, {
                  name: active.name,
                  settings: settingsOf(choice),
                })
              }
            >
              {t("saveChanges", { name: active.name })}
            </Menu.Item>
          ) : null}
          <Menu.Item
            leftSection={<IconBookmarkPlus size={16} aria-hidden />}
            onClick={() => setOpen("save")}
          >
            {t("saveNew")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconSettings size={16} aria-hidden />}
            onClick={() => setOpen("manage")}
          >
            {t("manage")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === "save" ? (
        <SaveViewDialog
          choice={choice}
          onClose={() => setOpen(null)}
          onSaved={(view) => onChoose(choiceOf(view))}
        />
      ) : null}
      {open === "manage" ? (
        <ManageViewsDialog
          list={list}
          actions={actions}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  );
}

interface ViewItemsProps extends ReturnType<typeof useViews> {
  activeId: string | null;
  onChoose: (view: View) => void;
}

function ViewItems(props: ViewItemsProps) {
  const { views, isLoading, error, retry, activeId, onChoose } = props;
  const t = useTranslations("views");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const { view: byDefault } = useDefaultView();
  if (error)
    return (
      <>
        <Menu.Label role="alert">{errorText(error)}</Menu.Label>
        <Menu.Item closeMenuOnClick={false} onClick={retry}>
          {common("tryAgain")}
        </Menu.Item>
      </>
    );
  if (views.length === 0)
    return <Menu.Label>{t(isLoading ? "loading" : "empty")}</Menu.Label>;
  const parts = [
    ["own", views.filter(({ siteId }) => siteId == null)],
    ["ofSite", views.filter(({ siteId }) => siteId != null)],
  ] as const;
  return parts.map(([part, some]) =>
    some.length === 0 ? null : (
      <div key={part} role="group" aria-label={t(part)}>
        <Menu.Label>{t(part)}</Menu.Label>
        {some.map((view) => (
          <Menu.Item
            key={view.id}
            disabled={!view.viewerMayUse}
            aria-current={view.id === activeId || undefined}
            className={styles.item}
            onClick={() => onChoose(view)}
            rightSection={
              view.id === byDefault?.id ? (
                <IconStarFilled
                  size={14}
                  role="img"
                  aria-label={t("isDefault")}
                />
              ) : null
            }
          >
            {view.name}
            {view.viewerMayUse ? null : <Text size="xs">{t("aiHidden")}</Text>}
          </Menu.Item>
        ))}
      </div>
    ),
  );
}
