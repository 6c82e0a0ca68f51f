"use client";

import { Button, Kbd, Skeleton, Title } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { useErrorText } from "../../../lib/error-text.ts";
import { useNow } from "../../../lib/use-now.ts";
import { formatDay, groupByDay, nearDay } from "../audit-format.ts";
import type { AuditEventList } from "../../audit-events/use-audit-events.ts";
import { AuditRow } from "./audit-row.tsx";
import styles from "../../audit-events/components/audit.module.css";

interface AuditTimelineProps {
  list: AuditEventList;
  isFiltered: boolean;
  openId: string | null;
  onOpen: (id: string | null) => void;
}

export function AuditTimeline(props: AuditTimelineProps) {
  const { list, isFiltered, openId, onOpen } = props;
  const t = useTranslations("audit");
  const [lastId, setLastId] = useState<string | null>(null);
  const { events } = list;
  const reachable =
    events.find((event) => event.id === (openId ?? lastId)) ?? events[0];
  return (
    <section
      aria-label={t("list")}
      aria-busy={list.isRefreshing}
      data-stale={list.isRefreshing && list.error ? "" : undefined}
    >
      {groupByDay(events).map((day) => (
        <div key={day.key}>
          <DayHeading dayKey={day.key} at={day.events[0]?.at ?? ""} />
          <ol className={styles.events}>
            {day.events.map((event) => (
              <AuditRow
                key={event.id}
                event={event}
                isOpen={event.id === openId}
                isReachable={event.id === reachable?.id}
                onFocus={() => setLastId(event.id)}
                onOpen={() => onOpen(event.id === openId ? null : event.id)}
              />
            ))}
          </ol>
        </div>
      ))}
      <TimelineEnd list={list} isFiltered={isFiltered} />
    </section>
  );
}

function DayHeading({ dayKey, at }: { dayKey: string; at: string }) {
  const t = useTranslations("audit");
  const locale = useLocale();
  const near = nearDay(dayKey, useNow(60_000));
  const date = formatDay(at, locale);
  return (
    <Title order={2} className={styles.day ?? ""}>
      {near ? t("dayOf", { name: t(near), date }) : date}
    </Title>
  );
}

/** The next page comes when its place comes into view, or by the button. */
function TimelineEnd({
  list,
  isFiltered,
}: Pick<AuditTimelineProps, "list" | "isFiltered">) {
  const t = useTranslations("audit");
  const errorText = useErrorText();
  const { ref, entry } = useIntersection({ rootMargin: "400px" });
  const isNear = entry?.isIntersecting ?? false;
  const wantsMore =
    isNear && list.hasMore && !list.isLoadingMore && !list.moreError;
  const { loadMore } = list;
  const count = list.events.length;
  useEffect(() => {
    if (wantsMore) void loadMore();
    // Once for each page that arrived: loadMore is new on every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [wantsMore, count]);
  if (!list.hasMore) {
    return (
      <div className={styles.end}>
        <div>{isFiltered ? t("theEndFiltered") : t("theEnd")}</div>
        <KeyHint />
      </div>
    );
  }
  return (
    <div ref={ref} className={styles.end}>
      {list.moreError ? (
        <div role="alert">
          {t("moreFailed")} {errorText(list.moreError)}
        </div>
      ) : null}
      <Button
        variant="subtle"
        loading={list.isLoadingMore}
        onClick={() => void list.loadMore()}
      >
        {t("loadMore")}
      </Button>
    </div>
  );
}

function KeyHint() {
  const t = useTranslations("audit.keys");
  return (
    <div className={styles.hint}>
      {t.rich("hint", { k: (chunks) => <Kbd size="xs">{chunks}</Kbd> })}
    </div>
  );
}

const SKELETON_WIDTHS = [62, 48, 71, 55, 66, 40, 58, 74, 50, 63, 45, 69];

export function TimelineSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")}>
      <div className={styles.day}>
        <Skeleton height={14} width="14rem" />
      </div>
      {SKELETON_WIDTHS.map((width, index) => (
        <div key={index} className={styles.skeleton}>
          <Skeleton height={12} />
          <Skeleton height={14} circle />
          <Skeleton height={12} width={`${width}%`} />
        </div>
      ))}
    </div>
  );
}
