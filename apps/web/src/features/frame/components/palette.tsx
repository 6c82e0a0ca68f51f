"use client";

import { useMantineColorScheme } from "@mantine/core";
import {
  Spotlight,
  type SpotlightActionData,
  type SpotlightActionGroupData,
} from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { LOCALES } from "../../../i18n/locales.ts";
import { routes } from "../../../lib/routes.ts";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { keysOf } from "../../../components/shortcuts/shortcut-registry.ts";
import { useShortcutList } from "../../../components/shortcuts/use-shortcuts.ts";
import styles from "./palette.module.css";
import { navigationFor } from "../navigation.ts";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useChangeLocale } from "./user-menu.tsx";
import { usePalettePatients } from "../use-palette-patients.ts";
import { useSignOut } from "../../../components/shell/use-sign-out.ts";
import { useViewer } from "../../../components/shell/viewer-context.tsx";

/** Ctrl K: every page, setting and command by name, and patients. */
export function Palette() {
  const t = useTranslations("shell");
  const [query, setQuery] = useState("");
  // Enter takes the first that fits. The patient search fits whatever is
  // typed, so it stands last: "upload" opens the page of that name.
  const groups = [
    usePageCommands(),
    usePages(),
    useSettings(),
    usePalettePatients(query),
  ];
  return (
    <Spotlight
      actions={groups.filter((group) => group.actions.length > 0)}
      query={query}
      onQueryChange={setQuery}
      nothingFound={t("palette.nothing")}
      overlayProps={{ blur: 0 }}
      // As dialogs do (theme.ts): there at once, and still.
      transitionProps={{ duration: 0 }}
      // At the top and as high with one answer as with twenty: what is being
      // typed stays where it is.
      centered={false}
      classNames={{
        content: styles.content,
        action: styles.action,
        actionsList: styles.list,
        empty: styles.list,
      }}
      shortcut={null}
      searchProps={{
        leftSection: <IconSearch size={16} aria-hidden />,
        placeholder: t("palette.placeholder"),
        "aria-label": t("palette.placeholder"),
      }}
    />
  );
}

/** What the page's own shortcuts do, for people who rather type names. */
function usePageCommands(): SpotlightActionGroupData {
  const t = useTranslations("shell");
  const shortcuts = useShortcutList().filter(
    (item) => !item.hiddenInPalette && !item.release && item.enabled !== false,
  );
  const actions = shortcuts.map((item): SpotlightActionData => {
    const [keys] = keysOf(item);
    return {
      id: item.id,
      label: item.label,
      rightSection: keys ? <Keys keys={keys} /> : null,
      // The palette must have closed, or its focus trap takes the focus back.
      onClick: () =>
        setTimeout(() => item.run(new KeyboardEvent("keydown")), 0),
    };
  });
  return { group: t("palette.commands"), actions };
}

function usePages(): SpotlightActionGroupData {
  const t = useTranslations("shell");
  const router = useRouter();
  const { permissions, can } = useViewer();
  return {
    group: t("palette.pages"),
    actions: [
      ...navigationFor(permissions).map((item) => ({
        id: `page-${item.key}`,
        label: t(`navigation.${item.key}`),
        onClick: () => router.push(item.path),
      })),
      ...(can("macro:read")
        ? [
            {
              id: "page-macros",
              label: t("macros"),
              onClick: () => router.push(routes.macros()),
            },
          ]
        : []),
      ...(can("pool:manage")
        ? [
            {
              id: "page-pools",
              label: t("pools"),
              onClick: () => router.push(routes.pools()),
            },
          ]
        : []),
      ...(can("notification:manage")
        ? [
            {
              id: "page-notifications",
              label: t("notifications"),
              onClick: () => router.push(routes.notifications()),
            },
          ]
        : []),
    ],
  };
}

function useSettings(): SpotlightActionGroupData {
  const t = useTranslations("shell");
  const locale = useLocale();
  const changeLocale = useChangeLocale();
  const { setColorScheme } = useMantineColorScheme();
  const { sites, choose } = useSite();
  const signOut = useSignOut();
  const siteActions =
    sites.length < 2
      ? []
      : [
          { id: null, name: t("allSites") },
          ...sites.map(({ id, name }) => ({ id, name })),
        ].map(({ id, name }) => ({
          id: `site-${id ?? "all"}`,
          label: t("palette.showSite", { name }),
          onClick: () => choose(id),
        }));
  const languages = LOCALES.filter((item) => item !== locale).map((item) => ({
    id: `language-${item}`,
    label: `${t("language")}: ${t(`languages.${item}`)}`,
    onClick: () => void changeLocale(item),
  }));
  return {
    group: t("palette.settings"),
    actions: [
      ...siteActions,
      {
        id: "theme-light",
        label: t("theme.toLight"),
        onClick: () => setColorScheme("light"),
      },
      {
        id: "theme-dark",
        label: t("theme.toDark"),
        onClick: () => setColorScheme("dark"),
      },
      ...languages,
      { id: "sign-out", label: t("signOut"), onClick: signOut },
    ],
  };
}
