"use client";

import { Button } from "@mantine/core";
import { IconRefresh } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { EmptyState, ErrorState } from "../../../components/layout/states.tsx";
import { useRowKeys } from "../../../components/ui/use-row-keys.ts";
import { errorCode } from "../../../lib/error-text.ts";
import { hasFilters } from "../../audit-events/audit-filters.ts";
import { AuditNames } from "../../audit-events/audit-names.tsx";
import {
  type AuditEventList,
  useAuditEvents,
} from "../../audit-events/use-audit-events.ts";
import {
  type FilterControl,
  useAuditFilters,
} from "../../audit-search/use-audit-filters.ts";
import { AuditDetails } from "../../audit-events/components/audit-details.tsx";
import { AuditExport } from "./audit-export.tsx";
import { AuditFilterBar } from "../../audit-search/components/audit-filter-bar.tsx";
import { AuditSeal } from "./audit-seal.tsx";
import { AuditTimeline, TimelineSkeleton } from "./audit-timeline.tsx";
import styles from "../../audit-events/components/audit.module.css";

/** Who did what, on what, from where and when. */
export function AuditPage() {
  const t = useTranslations("audit");
  const control = useAuditFilters();
  const list = useAuditEvents(control.filters);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = list.events.find((event) => event.id === openId) ?? null;
  const listRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  useRowKeys({
    id: "audit",
    list: listRef,
    search: searchRef,
    labels: {
      next: t("keys.next"),
      previous: t("keys.previous"),
      open: t("keys.open"),
      close: t("keys.close"),
      search: t("keys.search"),
    },
    onMove: (id) => {
      if (open) setOpenId(id);
    },
    onClose: () => {
      setOpenId(null);
      return open !== null;
    },
  });
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <AuditExport filters={control.filters} />
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} aria-hidden />}
              loading={list.isRefreshing}
              onClick={list.refresh}
            >
              {t("refresh")}
            </Button>
          </>
        }
      />
      <AuditSeal />
      <AuditFilterBar
        control={control}
        events={list.events}
        searchRef={searchRef}
      />
      <AuditNames events={list.events}>
        <div className={styles.columns} data-open={open ? "" : undefined}>
          <div ref={listRef} className={styles.timeline}>
            <TimelineOrState
              list={list}
              control={control}
              openId={open?.id ?? null}
              onOpen={setOpenId}
            />
          </div>
          {open ? (
            <AuditDetails
              event={open}
              onClose={() => setOpenId(null)}
              onFilter={control.change}
            />
          ) : null}
        </div>
      </AuditNames>
    </PageBody>
  );
}

interface TimelineOrStateProps {
  list: AuditEventList;
  control: FilterControl;
  openId: string | null;
  onOpen: (id: string | null) => void;
}

function TimelineOrState({
  list,
  control,
  openId,
  onOpen,
}: TimelineOrStateProps) {
  const t = useTranslations("audit");
  if (list.isLoading) return <TimelineSkeleton />;
  if (list.error && list.events.length === 0) {
    // The only search that the API refuses is one that fits too many people.
    if (errorCode(list.error) === "BAD_USER_INPUT") {
      return <EmptyState title={t("filters.tooMany")} />;
    }
    return (
      <ErrorState
        title={t("loadFailed")}
        error={list.error}
        onRetry={list.refresh}
      />
    );
  }
  if (list.events.length > 0) {
    return (
      <AuditTimeline
        list={list}
        isFiltered={hasFilters(control.filters)}
        openId={openId}
        onOpen={onOpen}
      />
    );
  }
  return hasFilters(control.filters) ? (
    <EmptyState
      title={t("nothing.title")}
      actions={
        <Button variant="default" onClick={control.clear}>
          {t("nothing.clear")}
        </Button>
      }
    >
      {t("nothing.text")}
    </EmptyState>
  ) : (
    <EmptyState title={t("empty.title")}>{t("empty.text")}</EmptyState>
  );
}
