"use client";

import { useTranslations } from "next-intl";
import { spacedOut } from "../../lib/code-words.ts";

export interface ModelWords {
  split: (code: string) => string;
  metric: (code: string) => string;
  group: (code: string) => string;
  point: (code: string) => string;
  finding: (code: string) => string;
}

/** Names for the codes of a model's manifest; unknown ones as words. */
export function useModelWords(): ModelWords {
  return {
    split: useNames("splits"),
    metric: useNames("metrics"),
    group: useNames("groups"),
    point: useNames("points"),
    finding: useNames("findings"),
  };
}

type Section = "splits" | "metrics" | "groups" | "points" | "findings";

function useNames(section: Section): (code: string) => string {
  const t = useTranslations("models");
  return (code) => {
    // A manifest may be newer than this app; `has` is asked first.
    const key = `${section}.${code}` as "groups.adult";
    return /^[\w-]+$/.test(code) && t.has(key) ? t(key) : spacedOut(code);
  };
}
