"use client";

import {
  ActionIcon,
  Box,
  Menu,
  UnstyledButton,
  useMantineColorScheme,
  useComputedColorScheme,
} from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import {
  IconChevronDown,
  IconKeyboard,
  IconMoon,
  IconSearch,
  IconSun,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { InboxBell } from "../../inbox/components/inbox-bell.tsx";
import { UploadIndicator } from "../../uploads/components/upload-indicator.tsx";
import { routes } from "../../../lib/routes.ts";
import { ShortcutTooltip } from "../../../components/shortcuts/keys.tsx";
import { BrandMark } from "../../../components/ui/brand-mark.tsx";
import styles from "./header.module.css";
import {
  isCurrent,
  isOnItsWay,
  type Leaving,
  navigationFor,
} from "../navigation.ts";
import { SiteMenu } from "./site-menu.tsx";
import { UserMenu } from "./user-menu.tsx";
import { NearLink } from "../../../components/shell/near-link.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";

interface HeaderProps {
  onShowShortcuts: () => void;
}

export function Header({ onShowShortcuts }: HeaderProps) {
  const t = useTranslations("shell");
  const { can } = useViewer();
  return (
    <header className={styles.header}>
      <NearLink href={routes.home()} className={styles.brand}>
        <BrandMark />
        <span className={styles.brandName}>Lung Iris</span>
      </NearLink>
      <Navigation />
      <div className={styles.tools}>
        <UploadIndicator />
        {can("case:read") ? <InboxBell /> : null}
        <SiteMenu />
        <ShortcutTooltip label={t("palette.open")} keys="mod+k">
          <ActionIcon
            aria-label={t("palette.open")}
            aria-keyshortcuts="Control+K"
            onClick={spotlight.open}
          >
            <IconSearch size={17} aria-hidden />
          </ActionIcon>
        </ShortcutTooltip>
        <ShortcutTooltip label={t("shortcuts.title")} keys="?">
          <ActionIcon
            className={styles.keys}
            aria-label={t("shortcuts.title")}
            aria-keyshortcuts="?"
            onClick={onShowShortcuts}
          >
            <IconKeyboard size={17} aria-hidden />
          </ActionIcon>
        </ShortcutTooltip>
        <SchemeSwitch />
        <UserMenu />
      </div>
    </header>
  );
}

/** More than these stand side by side only where they stand closer. */
const MANY_PAGES = 9;

/**
 * The pages side by side, or in a menu where they have no room. A slow line
 * brings a page late: the entry that was clicked says at once that it comes.
 */
function Navigation() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const { permissions } = useViewer();
  const items = navigationFor(permissions);
  const current = items.find((item) => isCurrent(item, pathname));
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const coming = items.find((item) => isOnItsWay(item, leaving, pathname));
  const leaveFor = (to: string) => setLeaving({ from: pathname, to });
  return (
    <nav
      aria-label={t("mainNavigation")}
      className={styles.navigation}
      data-many={items.length > MANY_PAGES || undefined}
    >
      <div className={styles.links}>
        {items.map((item) => (
          <NearLink
            key={item.key}
            href={item.path}
            className={styles.link}
            aria-current={item === current ? "page" : undefined}
            aria-busy={item === coming || undefined}
            onNavigate={() => leaveFor(item.path)}
          >
            {t(`navigation.${item.key}`)}
          </NearLink>
        ))}
      </div>
      <Menu position="bottom-start" withinPortal={false}>
        <Menu.Target>
          <UnstyledButton
            className={styles.pages}
            aria-busy={coming !== undefined || undefined}
          >
            {current ? t(`navigation.${current.key}`) : t("pages")}
            <IconChevronDown size={14} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {items.map((item) => (
            <Menu.Item
              key={item.key}
              component={NearLink}
              href={item.path}
              aria-current={item === current ? "page" : undefined}
              onNavigate={() => leaveFor(item.path)}
            >
              {t(`navigation.${item.key}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </nav>
  );
}

/**
 * Light for offices, dark for reading rooms; remembered on this machine. Both
 * signs are drawn, because the server does not know the machine's choice.
 */
function SchemeSwitch() {
  const t = useTranslations("shell");
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("dark");
  return (
    <ShortcutTooltip label={t("theme.switch")}>
      <ActionIcon
        aria-label={t("theme.switch")}
        onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}
      >
        <Box component="span" lightHidden className={styles.sign}>
          <IconMoon size={17} aria-hidden />
        </Box>
        <Box component="span" darkHidden className={styles.sign}>
          <IconSun size={17} aria-hidden />
        </Box>
      </ActionIcon>
    </ShortcutTooltip>
  );
}
