"use client";

import { useTranslations } from "next-intl";

/** Names of watched figures; one of a newer API stays as it is. */
export function useWatchName(): (metric: string) => string {
  const t = useTranslations("monitoring.watches.names");
  return (metric) => {
    switch (metric) {
      case "grey-mean":
      case "grey-span":
      case "gate-distance":
      case "probability":
      case "refused":
      case "age":
      case "sex":
      case "overridden":
        return t(metric);
      default:
        return metric;
    }
  };
}
