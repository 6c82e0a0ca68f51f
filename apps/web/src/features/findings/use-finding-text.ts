"use client";

import { useLocale } from "next-intl";
import { useCallback } from "react";

interface Named {
  readonly names: { readonly en: string; readonly vi: string };
}

/** The words that the catalogue has for a finding, in the page's language. */
export function useFindingText(): { nameOf: (finding: Named) => string } {
  const locale = useLocale();
  const nameOf = useCallback(
    ({ names }: Named) => (locale === "vi" ? names.vi : names.en),
    [locale],
  );
  return { nameOf };
}
