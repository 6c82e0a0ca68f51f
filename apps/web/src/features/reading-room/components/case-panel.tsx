"use client";

import { Tabs } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Later } from "../../../components/layout/later.tsx";
import { CaseComments } from "../../comments/components/case-comments.tsx";
import { HeaderPanel } from "../../film-header/components/header-panel.tsx";
import type { OpenCase } from "../../cases/use-case.ts";
import type { SeenVersion } from "../../cases/use-seen-version.ts";
import { CaseDetails } from "../../case-details/components/case-details.tsx";
import { CaseHistory } from "../../case-details/components/case-history.tsx";
import { PanelPlace } from "./panel-place.tsx";
import styles from "../../../components/layout/reading-room.module.css";

const TABS = ["read", "details", "header", "comments", "history"] as const;

export type CaseTab = (typeof TABS)[number];

interface CasePanelProps {
  open: OpenCase;
  seen: SeenVersion;
  /** of the film whose header is shown */
  imageId: string | undefined;
  tab: CaseTab;
  onTab: (tab: CaseTab) => void;
  refetch: () => Promise<unknown>;
  /** what stands under "read" */
  children: ReactNode;
}

/** Beside the film: what is said of it, and what is known of it. */
export function CasePanel(props: CasePanelProps) {
  const { open, imageId } = props;
  const t = useTranslations("cases");
  return (
    <aside className={styles.panel} aria-label={t("panel")}>
      <Later place={<PanelPlace />}>
        <Tabs
          value={props.tab}
          onChange={(value) => {
            const tab = TABS.find((known) => known === value);
            if (tab) props.onTab(tab);
          }}
          keepMounted={false}
          className={styles.tabs}
          classNames={{
            list: styles.tabList ?? "",
            tab: styles.tabLabel ?? "",
          }}
        >
          <Tabs.List grow>
            {TABS.map((tab) => (
              <Tabs.Tab key={tab} value={tab}>
                {t(`tabs.${tab}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="read" className={styles.tab}>
            {props.children}
          </Tabs.Panel>
          <Tabs.Panel value="details" className={styles.tab}>
            <div className={styles.tabScroll} tabIndex={0}>
              <CaseDetails
                open={open}
                refetch={props.refetch}
                seen={props.seen}
              />
            </div>
          </Tabs.Panel>
          <Tabs.Panel value="header" className={styles.tab}>
            <div className={styles.tabScroll} tabIndex={0}>
              {imageId === undefined ? null : (
                <HeaderPanel key={imageId} imageId={imageId} />
              )}
            </div>
          </Tabs.Panel>
          <Tabs.Panel value="comments" className={styles.tab}>
            <div className={styles.tabScroll} tabIndex={0}>
              <CaseComments open={open} />
            </div>
          </Tabs.Panel>
          <Tabs.Panel value="history" className={styles.tab}>
            <div className={styles.tabScroll} tabIndex={0}>
              <CaseHistory caseId={open.id} />
            </div>
          </Tabs.Panel>
        </Tabs>
      </Later>
    </aside>
  );
}
