import { LOCALE_COOKIE, type Locale } from "./locales.ts";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Keeps the language for the next page, signed in or not. */
export function rememberLocale(locale: Locale): void {
  document.cookie = `${LOCALE_COOKIE}=${locale}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}
