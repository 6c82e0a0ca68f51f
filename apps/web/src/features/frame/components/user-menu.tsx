"use client";

import { useMutation } from "@apollo/client/react";
import { Menu, UnstyledButton, Text } from "@mantine/core";
import {
  IconChartBar,
  IconChevronDown,
  IconLogout,
  IconSend,
  IconTextPlus,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useSession } from "next-auth/react";
import { useState } from "react";
import { HandOverDialog } from "../../assignment/components/hand-over-dialog.tsx";
import { LOCALES, type Locale, isLocale } from "../../../i18n/locales.ts";
import { rememberLocale } from "../../../i18n/remember-locale.ts";
import { routes } from "../../../lib/routes.ts";
import { SET_LOCALE } from "../../../lib/session-queries.ts";
import styles from "./header.module.css";
import { useSignOut } from "../../../components/shell/use-sign-out.ts";
import { useViewer } from "../../../components/shell/viewer-context.tsx";

/** Changes the language of this browser and of the person's account. */
export function useChangeLocale(): (locale: Locale) => Promise<void> {
  const router = useRouter();
  const { update } = useSession();
  const [setLocale] = useMutation(SET_LOCALE);
  return async (locale) => {
    rememberLocale(locale);
    router.refresh();
    // The page has changed already; the account follows when it can.
    await Promise.allSettled([
      setLocale({ variables: { locale } }),
      update({ locale }),
    ]);
  };
}

export function UserMenu() {
  const t = useTranslations("shell");
  const { user, can } = useViewer();
  const signOut = useSignOut();
  const [isHandingOver, setHandingOver] = useState(false);
  return (
    <>
      <Menu position="bottom-end" width={240} withinPortal={false}>
        <Menu.Target>
          <UnstyledButton className={styles.menuButton}>
            <span className={styles.userSign}>
              <IconUserCircle size={17} aria-hidden />
            </span>
            <span className={styles.userName}>{user.name}</span>
            <IconChevronDown size={14} aria-hidden />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <div className={styles.whoAmI}>
            <Text size="sm" fw={600}>
              {user.name}
            </Text>
            <Text size="xs" c="dimmed">
              {t(`roles.${user.role}`)} · {user.email}
            </Text>
          </div>
          <Menu.Divider />
          <Menu.Item
            component={Link}
            href={routes.profile()}
            leftSection={<IconUserCircle size={16} aria-hidden />}
          >
            {t("profile")}
          </Menu.Item>
          {can("reading:sign") ? (
            <Menu.Item
              component={Link}
              href={routes.myReading()}
              leftSection={<IconChartBar size={16} aria-hidden />}
            >
              {t("myReading")}
            </Menu.Item>
          ) : null}
          {can("macro:read") ? (
            <Menu.Item
              component={Link}
              href={routes.macros()}
              leftSection={<IconTextPlus size={16} aria-hidden />}
            >
              {t("macros")}
            </Menu.Item>
          ) : null}
          {can("pool:manage") ? (
            <Menu.Item
              component={Link}
              href={routes.pools()}
              leftSection={<IconUsersGroup size={16} aria-hidden />}
            >
              {t("pools")}
            </Menu.Item>
          ) : null}
          {can("notification:manage") ? (
            <Menu.Item
              component={Link}
              href={routes.notifications()}
              leftSection={<IconSend size={16} aria-hidden />}
            >
              {t("notifications")}
            </Menu.Item>
          ) : null}
          {can("case:claim") ? (
            <Menu.Item
              leftSection={<IconUsers size={16} aria-hidden />}
              onClick={() => setHandingOver(true)}
            >
              {t("handOver")}
            </Menu.Item>
          ) : null}
          <Menu.Divider />
          <LanguageItems />
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconLogout size={16} aria-hidden />}
            onClick={signOut}
          >
            {t("signOut")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <HandOverDialog
        isOpen={isHandingOver}
        onClose={() => setHandingOver(false)}
      />
    </>
  );
}

function LanguageItems() {
  const t = useTranslations("shell");
  const locale = useLocale();
  const change = useChangeLocale();
  return (
    <>
      <Menu.Label>{t("language")}</Menu.Label>
      <Menu.RadioGroup
        value={locale}
        onChange={(value) => {
          if (isLocale(value)) void change(value);
        }}
      >
        {LOCALES.map((item) => (
          <Menu.RadioItem key={item} value={item} lang={item} closeMenuOnClick>
            {t(`languages.${item}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}
