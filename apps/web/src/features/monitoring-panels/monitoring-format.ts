import type { Series, Share } from "./use-monitoring.ts";

/** Measures that are shares and written in per cent. */
const SHARES: readonly Series["measure"][] = ["AGREEMENT", "REFUSED"];

export function isShare(measure: Series["measure"]): boolean {
  return SHARES.includes(measure);
}

/** "97 %"; of a count so small that another digit would be none. */
export function percent(value: number, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 0,
  }).format(value);
}

/** "0.52", three digits where the steps are as small. */
export function decimal(value: number, locale: string, digits = 2): string {
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

/** A measure's value as it is written beside its axis. */
export function measured(
  measure: Series["measure"],
  value: number,
  locale: string,
): string {
  return isShare(measure) ? percent(value, locale) : decimal(value, locale);
}

/** A share of a table for people: "83 % (71–91 %)"; null where none is. */
export function shareText(
  share: Share | null | undefined,
  locale: string,
): string | null {
  if (!share) return null;
  const { value, low, high } = share;
  return `${percent(value, locale)} (${percent(low, locale)}–${percent(high, locale)})`;
}

/**
 * Whether a share differs from what is normal by more than chance makes of so
 * few: their intervals lie apart.
 */
export function apartFrom(
  share: Share | null | undefined,
  before: Share | null | undefined,
): "more" | "fewer" | "same" | "unknown" {
  if (!share || !before) return "unknown";
  if (share.low > before.high) return "more";
  return share.high < before.low ? "fewer" : "same";
}

/** A day of the site's calendar, which has no zone: "2 Mar". */
export function dayText(day: string, locale: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(
    locale === "vi" ? "vi" : "en-GB",
    { day: "numeric", month: "short", timeZone: "UTC" },
  );
}

/** Whether a day lies outside of what is normal. */
export function isOutside({
  value,
  low,
  high,
}: Series["points"][number]): boolean {
  if (value === null) return false;
  return (
    (typeof low === "number" && value < low) ||
    (typeof high === "number" && value > high)
  );
}
