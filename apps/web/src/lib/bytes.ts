import type { Locale } from "../i18n/locales.ts";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/**
 * A size as people say it: "812 byte", "4.2 MB", three digits at most.
 * Steps of 1000, as the units' names say.
 * @param bytes zero or more; a text may hold more than a double counts
 */
export function formatBytes(bytes: number | string, locale: Locale): string {
  let value = Number(bytes);
  let step = 0;
  // 999.5 would be written as 1,000 of the smaller unit.
  while (value >= 999.5 && step < UNITS.length - 1) {
    value /= 1000;
    step += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: UNITS[step] ?? "byte",
    unitDisplay: "short",
    maximumSignificantDigits: 3,
  }).format(value);
}
