"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "../../i18n/messages.ts";

type KnownCode = keyof Messages["signIn"]["errors"];

/** The sentence for the code that a failed sign-in came back with. */
export function useSignInErrorText(): (code: string) => string {
  const t = useTranslations("signIn");
  return (code) =>
    // `has` is asked first, so the name is one of the known codes.
    t.has(`errors.${code}` as `errors.${KnownCode}`)
      ? t(`errors.${code as KnownCode}`)
      : t("errors.UNKNOWN");
}
