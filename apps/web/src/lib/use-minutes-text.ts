"use client";

import { useTranslations } from "next-intl";

const HOUR = 60;
const DAY = 24 * HOUR;

/** "35 min", "2 h 5 min", "3 days": a length of time in the reader's words. */
export function useMinutesText(): (minutes: number) => string {
  const t = useTranslations("common.duration");
  return (exact) => {
    const minutes = Math.round(exact);
    if (minutes < HOUR) return t("minutes", { count: minutes });
    if (minutes < DAY && minutes % HOUR === 0)
      return t("wholeHours", { count: minutes / HOUR });
    if (minutes < DAY)
      return t("hours", {
        count: Math.floor(minutes / HOUR),
        minutes: minutes % HOUR,
      });
    return t("days", { count: Math.floor(minutes / DAY) });
  };
}
