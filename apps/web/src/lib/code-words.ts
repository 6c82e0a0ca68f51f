import { useLocale, useTranslations } from "next-intl";
import type { Messages } from "../i18n/messages.ts";

/** Places of the messages that have words for codes of the API. */
interface Places {
  "models.loop.why": Messages["models"]["loop"]["why"];
  "training.run.why": Messages["training"]["run"]["why"];
  "training.run.settings": Messages["training"]["run"]["settings"];
}

/**
 * Gives a function that turns a code of the API into words. One that this page
 * does not know, of a newer server, stands for itself.
 */
export function useCodeWords(place: keyof Places): (code: string) => string {
  const t = useTranslations(place);
  return (code) => {
    // `has` is asked first, so the name is a known one.
    const name = code as keyof Places[typeof place];
    return t.has(name) ? t(name) : code;
  };
}

/**
 * Gives a function that chooses between the server's own sentence, which is
 * English and says more, and what the page says of it in every language.
 */
export function useServerWords(): (
  said: string | null | undefined,
  ours: string,
) => string {
  const locale = useLocale();
  return (said, ours) => (said && locale === "en" ? said : ours);
}
