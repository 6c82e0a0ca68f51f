"use client";

import { useLocale, useTranslations } from "next-intl";
import type { IntervalFragment } from "../../gql/graphql.ts";

type Figure = IntervalFragment | null | undefined;

/** How figures of the desk are written. */
export function useDeskWords() {
  const t = useTranslations("thresholds");
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 1,
  });
  const whole = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 0,
  });
  const one = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return {
    /** A threshold, to the tenth of a per cent where it has one. */
    threshold: (value: number) => percent.format(value),
    count: (value: number) => one.format(value),
    /** "91 % (84–95 %)"; a share never stands without its interval. */
    share: (figure: Figure): string =>
      figure
        ? `${whole.format(figure.value)} (${whole.format(figure.low)}–${whole.format(figure.high)})`
        : t("figures.none"),
    number: (value: number | null | undefined): string =>
      value === null || value === undefined
        ? t("figures.none")
        : one.format(value),
    group: (ageGroup: string): string =>
      t(ageGroup === "child" ? "groups.child" : "groups.adult"),
  };
}
