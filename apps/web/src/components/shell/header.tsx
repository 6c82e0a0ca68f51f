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
import Link from "next/link";
import { usePathname } from "next/navigation";
import { InboxBell } from "../../features/inbox/components/inbox-bell.tsx";
import { UploadIndicator } from "../../features/studies/components/upload-indicator.tsx";
import { routes } from "../../lib/routes.ts";
import { ShortcutTooltip } from "../shortcuts/keys.tsx";
import styles from "./header.module.css";
import { isCurrent, navigationFor } from "./navigation.ts";
import { SiteMenu } from "./site-menu.tsx";
import { UserMenu } from "./user-menu.tsx";
import { useViewer } from "./viewer-context.tsx";

interface HeaderProps {
  onShowShortcuts: () => void;
}

export function Header({ onShowShortcuts }: HeaderProps) {
  const t = useTranslations("shell");
  const { can } = useViewer();
  return (
    <header className={styles.header}>
      <Link href={routes.home()} className={styles.brand}>
        <BrandMark />
        <span className={styles.brandName}>Lung Iris</span>
      </Link>
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

/** The pages side by side, or in a menu where they have no room. */
function Navigation() {
  const t = useTranslations("shell");
  const pathname = usePathname();
  const { permissions } = useViewer();
  const items = navigationFor(permissions);
  const current = items.find((item) => isCurrent(item, pathname));
  return (
    <nav
      aria-label={t("mainNavigation")}
      className={styles.navigation}
      data-many={items.length > MANY_PAGES || undefined}
    >
      <div className={styles.links}>
        {items.map((item) => (
          <Link
            key={item.key}
            href={item.path}
            className={styles.link}
            aria-current={item === current ? "page" : undefined}
          >
            {t(`navigation.${item.key}`)}
          </Link>
        ))}
      </div>
      <Menu position="bottom-start" withinPortal={false}>
        <Menu.Target>
          <UnstyledButton className={styles.pages}>
            {current ? t(`navigation.${current.key}`) : t("pages")}
            <IconChevronDown size={14} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {items.map((item) => (
            <Menu.Item
              key={item.key}
              component={Link}
              href={item.path}
              aria-current={item === current ? "page" : undefined}
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

/** An iris around a pupil, split like two lungs. */
export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      className={styles.mark}
      aria-hidden
    >
      <path d="M11 3.2C6.6 3.7 3 7.5 3 12s3.6 8.3 8 8.8V16a4 4 0 0 1 0-8z" />
      <path d="M13 3.2c4.4.5 8 4.3 8 8.8s-3.6 8.3-8 8.8V16a4 4 0 0 0 0-8z" />
    </svg>
  );
}
