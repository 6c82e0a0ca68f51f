"use client";

import { ActionIcon, Button, Tooltip } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useRef } from "react";
import { useSite } from "../../../components/shell/site-context.tsx";
import { ViewMenu } from "../../views/components/view-menu.tsx";
import { ViewerWarmUp } from "../../viewer/components/viewer-warm-up.tsx";
import { formatCount } from "../../triage/triage-format.ts";
import { useColumnChoice } from "../use-column-choice.ts";
import { useCountedTitle } from "../use-counted-title.ts";
import { useWorklist } from "../use-worklist.ts";
import { useWorklistChoice } from "../use-worklist-choice.ts";
import { useWorklistSummary } from "../../worklist-summary/use-worklist-summary.ts";
import { KeyHints } from "./key-hints.tsx";
import { SetOutDialog } from "../../worklist-table/components/set-out-dialog.tsx";
import { SignerNotices } from "../../worklist-summary/components/signer-notices.tsx";
import { SummaryLine } from "../../worklist-summary/components/summary-line.tsx";
import { WorklistContent } from "./worklist-content.tsx";
import { WorklistFilters } from "../../worklist-filters/components/worklist-filters.tsx";
import styles from "./worklist-page.module.css";
import { WorklistViews } from "../../worklist-filters/components/worklist-views.tsx";

/** The desk's list of cases: filter, watch, pick one. */
export function WorklistPage() {
  const t = useTranslations("worklist");
  const { site } = useSite();
  const { choice, variables, query, isReady, change, show } =
    useWorklistChoice();
  const [columns, setColumns] = useColumnChoice(choice, change);
  const list = useWorklist(variables, isReady);
  const summary = useWorklistSummary(site?.id ?? null);
  const locale = useLocale();
  useCountedTitle(
    list.totalCount > 0
      ? formatCount(list.totalCount, locale, list.totalCountIsCapped)
      : null,
  );
  const searchRef = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.page}>
      <ViewerWarmUp />
      <h1 className={styles.hidden}>{t("title")}</h1>
      <div className={styles.top}>
        <WorklistFilters
          choice={choice}
          onChange={change}
          searchRef={searchRef}
        />
        <div className={styles.tools}>
          <Tooltip label={t("refresh")}>
            <ActionIcon
              size={32}
              aria-label={t("refresh")}
              loading={list.isRefreshing}
              onClick={list.refresh}
            >
              <IconRefresh size={17} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <SetOutDialog
            columns={columns}
            onColumns={setColumns}
            isCompact={choice.isCompact}
            onCompact={(isCompact) => change({ isCompact })}
          />
        </div>
      </div>
      <div className={styles.line}>
        <div className={styles.views}>
          <WorklistViews
            view={choice.saved ? null : choice.view}
            summary={summary}
          />
          <ViewMenu choice={choice} onChoose={show} />
        </div>
      </div>
      <div className={styles.news}>
        <div aria-live="polite" className={styles.fresh}>
          {list.newCount > 0 ? (
            <Button size="compact-xs" variant="light" onClick={list.refresh}>
              {t("new", { count: list.newCount })}
            </Button>
          ) : null}
        </div>
        {list.isOutdated ? (
          <span role="status" className={styles.outdated}>
            {t("outdated")}
          </span>
        ) : (
          <SummaryLine summary={summary} />
        )}
      </div>
      <SignerNotices />
      <WorklistContent
        list={list}
        choice={choice}
        variables={variables}
        query={query}
        columns={columns}
        searchRef={searchRef}
        onChange={change}
      />
      <KeyHints />
    </div>
  );
}
