/**
 * Whether a request that changes something comes from a page of this site.
 * Browsers send Origin with every such request; one without it is not from a
 * page, and other programs have no business with cookie sessions.
 * @param webUrl the configured public address, which counts as ours as well
 */
export function isSameOrigin(headers: Headers, webUrl: string | null): boolean {
  const origin = headers.get("origin");
  if (!origin || !URL.canParse(origin)) return false;
  const site = headers.get("sec-fetch-site");
  if (site && site !== "same-origin") return false;
  if (webUrl && origin === new URL(webUrl).origin) return true;
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  return host !== null && new URL(origin).host === host;
}
