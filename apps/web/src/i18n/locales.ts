export const LOCALES = ["en", "vi"] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = "en";
/** Not a secret and read by nobody else; kept for a year. */
export const LOCALE_COOKIE = "lung-iris-locale";

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/**
 * Picks a language: the one chosen before, then the browser's first that we
 * have, then English.
 * @param acceptLanguage the header, for example "vi-VN,vi;q=0.9,en;q=0.8"
 */
export function chooseLocale(
  chosen: string | undefined,
  acceptLanguage: string | null,
): Locale {
  if (isLocale(chosen)) return chosen;
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...rest] = part.trim().split(";");
      const quality = rest.find((item) => item.trim().startsWith("q="));
      return {
        language: tag.toLowerCase().split("-")[0],
        quality: quality ? Number(quality.trim().slice(2)) : 1,
      };
    })
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wanted) if (isLocale(language)) return language;
  return DEFAULT_LOCALE;
}
