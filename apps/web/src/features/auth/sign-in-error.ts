"use client";

import { useTranslations } from "next-intl";
import type { Messages } from "../../i18n/messages.ts";
import { readSignInFailure } from "../../lib/sign-in-failure.ts";

type KnownCode = keyof Messages["signIn"]["errors"];

/** The sentence for the code that a failed sign-in came back with. */
export function useSignInErrorText(): (failure: string) => string {
  const t = useTranslations("signIn");
  return (text) => {
    const { code, retryAfterSeconds = 0 } = readSignInFailure(text);
    // Zero is said in words: nobody knows how long.
    const minutes = Math.ceil(retryAfterSeconds / 60);
    // `has` is asked first, so the name is one of the known codes.
    return t.has(`errors.${code}` as `errors.${KnownCode}`)
      ? t(`errors.${code as KnownCode}`, { minutes })
      : t("errors.UNKNOWN");
  };
}
