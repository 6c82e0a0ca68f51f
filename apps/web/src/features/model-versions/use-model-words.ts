"use client";

import { useTranslations } from "next-intl";
import { spacedOut } from "@lung-iris/audit-words";

export interface ModelWords {
  split: (code: string) => string;
  metric: (code: string) => string;
  group: (code: string) => string;
  point: (code: string) => string;
  finding: (code: string) => string;
  /** A collection of films by the name its makers gave it. */
  collection: (code: string) => string;
}

/** Names for the codes of a model's manifest; unknown ones as words. */
export function useModelWords(): ModelWords {
  const metric = useNames("metrics");
  const collection = useNames("collections", (code) => code);
  return {
    split: useNames("splits"),
    // "film:kermany" measures something on the films of one collection.
    metric: (code) => {
      const [, name] = /^film:(.+)$/.exec(code) ?? [];
      // A dot ("froc0.25") would be a step down in the messages.
      return name === undefined
        ? metric(code.replace(".", "_"))
        : collection(name);
    },
    group: useNames("groups"),
    point: useNames("points"),
    finding: useNames("findings"),
    collection,
  };
}

type Section =
  "splits" | "metrics" | "groups" | "points" | "findings" | "collections";

function useNames(
  section: Section,
  otherwise: (code: string) => string = spacedOut,
): (code: string) => string {
  const t = useTranslations("models");
  return (code) => {
    // A manifest may be newer than this app; `has` is asked first.
    const key = `${section}.${code}` as "groups.adult";
    return /^[\w-]+$/.test(code) && t.has(key) ? t(key) : otherwise(code);
  };
}
