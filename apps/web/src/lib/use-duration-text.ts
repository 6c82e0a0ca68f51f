"use client";

import { useTranslations } from "next-intl";
import { durationBetween } from "./dates.ts";

/** "12 min", "1 h 5 min": how long ago something was, in the reader's words. */
export function useDurationText(): (fromIso: string, nowMs: number) => string {
  const t = useTranslations("common.duration");
  return (fromIso, nowMs) => {
    const duration = durationBetween(fromIso, nowMs);
    switch (duration.unit) {
      case "hours":
        return t("hours", {
          count: duration.count,
          minutes: duration.minutes,
        });
      case "seconds":
      case "minutes":
      case "days":
        return t(duration.unit, { count: duration.count });
    }
  };
}
