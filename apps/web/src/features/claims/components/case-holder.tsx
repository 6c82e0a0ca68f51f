"use client";

import { useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { formatCountdown } from "../../../lib/dates.ts";
import { useNow } from "../../../lib/use-now.ts";
import { serverTime } from "../../../lib/server-clock.ts";
import { lastMinutes, NEAR_END_MS } from "../claim-end.ts";
import { claimEndOf } from "../../cases/further-reading.ts";
import { givenTo } from "../given-to.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import styles from "../../../components/layout/reading-room.module.css";

/** Who reads the case, or should, and for how long the claim still holds. */
export function CaseHolder({ open }: { open: OpenCase }) {
  const t = useTranslations("cases");
  const clock = useNow(1000);
  const now = serverTime(clock);
  const until = claimEndOf(open);
  const who = useHolderText(open);
  if (until === null || clock === 0) {
    return <span className={styles.holder}>{who}</span>;
  }
  const left = formatCountdown(until, now);
  const minutes = open.viewerCanSign ? lastMinutes(until, now) : null;
  return (
    <span className={styles.holder} data-short={isShort(until, now)}>
      {who} · <time>{left ?? t("claimOver")}</time>
      <span role="status" className={styles.claimEnd}>
        {minutes === null ? "" : t("claimEnds", { minutes })}
      </span>
    </span>
  );
}

function isShort(until: string, now: number): boolean {
  return Date.parse(until) - now < NEAR_END_MS;
}

function useHolderText(open: OpenCase): string {
  const t = useTranslations("cases");
  const { user } = useViewer();
  const { claimedBy, secondReader, state } = open;
  const holder = state === "READING" ? claimedBy : secondReader;
  if (!holder) {
    const given = givenTo(open, user.id);
    if (given === null) return t(`state.${state}`);
    return given.kind === "you"
      ? t("given.you")
      : t(`given.${given.kind}`, { name: given.name });
  }
  const isMine = holder.id === user.id;
  if (state === "READING") {
    return isMine ? t("claimedByYou") : t("claimedBy", { name: holder.name });
  }
  const isThird = open.secondRead === "ADJUDICATION_READING";
  return isMine
    ? t(isThird ? "thirdByYou" : "secondByYou")
    : t("furtherBy", { name: holder.name });
}
