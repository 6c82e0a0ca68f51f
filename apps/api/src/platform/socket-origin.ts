import type { IncomingMessage } from "node:http";

/**
 * Whether a WebSocket may be opened from this page. Browsers say in Origin
 * which site's page asks, and ask no permission of ours before; programs say
 * nothing. The page is ours when it is the configured address, or, where none
 * is, when it comes from the host that it calls (the web's port is another).
 */
export function isOwnPage(
  { headers }: IncomingMessage,
  webUrl: string | null,
): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  if (webUrl !== null) return page.origin === new URL(webUrl).origin;
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  return page.hostname === new URL(`http://${host}`).hostname;
}
