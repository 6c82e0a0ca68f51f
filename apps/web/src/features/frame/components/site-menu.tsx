"use client";

import { Menu, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import styles from "./header.module.css";
import { useSite } from "../../../components/shell/site-context.tsx";

const ALL = "all";

/** Which site the pages show; plain text when there is only one. */
export function SiteMenu() {
  const t = useTranslations("shell");
  const { sites, site, choose } = useSite();
  const [only] = sites;
  if (sites.length === 0) return null;
  if (sites.length === 1) {
    return <span className={styles.siteName}>{only?.name}</span>;
  }
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={styles.menuButton} aria-label={t("site")}>
          <span className={styles.userName}>{site?.name ?? t("allSites")}</span>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("site")}</Menu.Label>
        <Menu.RadioGroup
          value={site?.id ?? ALL}
          onChange={(value) => choose(value === ALL ? null : value)}
        >
          <Menu.RadioItem value={ALL} closeMenuOnClick>
            {t("allSites")}
          </Menu.RadioItem>
          {sites.map((item) => (
            <Menu.RadioItem key={item.id} value={item.id} closeMenuOnClick>
              {item.name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
