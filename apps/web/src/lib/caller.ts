import { headers } from "next/headers";
import { WEB_PROOF_HEADER } from "./front-door.ts";

/** Where a request came from, for the audit trail. */
export interface Caller {
  /** The address that our own door found; see front-door.ts. */
  forwardedFor?: string | undefined;
  /** Written by our door as well; without it the API believes no address. */
  webProof?: string | undefined;
  /** The browser; without it the trail would name this server. */
  userAgent?: string | undefined;
}

/** Who asked for the page or the action that is being worked on. */
export async function readCaller(): Promise<Caller> {
  const sent = await headers();
  return {
    forwardedFor: sent.get("x-forwarded-for") ?? undefined,
    webProof: sent.get(WEB_PROOF_HEADER) ?? undefined,
    userAgent: sent.get("user-agent") ?? undefined,
  };
}
