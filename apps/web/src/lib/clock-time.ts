/** "09:14" in the reader's language and time zone. */
export function formatClockTime(ms: number, locale: string): string {
  return new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    hour: "2-digit",
    minute: "2-digit",
  }).format(ms);
}
