import { headers } from "next/headers";

/**
 * Whether the browser loads the page itself, by address or anew, and not a
 * part of it for a page that is open. Browsers say so on https and on the
 * machine itself (Fetch Metadata); where they do not, the answer is no.
 */
export async function isDocumentRequest(): Promise<boolean> {
  return (await headers()).get("sec-fetch-dest") === "document";
}
