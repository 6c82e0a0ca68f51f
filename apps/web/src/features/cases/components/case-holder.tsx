"use client";

import { useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { formatCountdown } from "../../../lib/dates.ts";
import { useNow } from "../../../lib/use-now.ts";
import { claimEndOf } from "../further-reading.ts";
import type { OpenCase } from "../use-case.ts";
import styles from "./reading-room.module.css";

/** Below this the countdown is shown in the colour of a warning. */
const SHORT_MS = 2 * 60_000;

/** Who reads the case and for how long the claim still holds. */
export function CaseHolder({ open }: { open: OpenCase }) {
  const t = useTranslations("cases");
  const { user } = useViewer();
  const now = useNow(1000);
  const { claimedBy, secondReader, state } = open;
  const holder = state === "READING" ? claimedBy : secondReader;
  if (!holder) {
    return <span className={styles.holder}>{t(`state.${state}`)}</span>;
  }
  const isMine = holder.id === user.id;
  const isThird = open.secondRead === "ADJUDICATION_READING";
  const who =
    state === "READING"
      ? isMine
        ? t("claimedByYou")
        : t("claimedBy", { name: holder.name })
      : isMine
        ? t(isThird ? "thirdByYou" : "secondByYou")
        : t("furtherBy", { name: holder.name });
  const until = claimEndOf(open);
  if (!until || now === 0) {
    return <span className={styles.holder}>{who}</span>;
  }
  const left = formatCountdown(until, now);
  const isShort = Date.parse(until) - now < SHORT_MS;
  return (
    <span className={styles.holder} data-short={isShort}>
      {who} · <time>{left ?? t("claimOver")}</time>
    </span>
  );
}
