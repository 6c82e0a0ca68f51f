import { headers } from "next/headers";

/** Where a request came from, for the audit trail. */
export interface Caller {
  /** The chain of addresses that it came along. */
  forwardedFor?: string | undefined;
  /** The browser; without it the trail would name this server. */
  userAgent?: string | undefined;
}

/** Who asked for the page or the action that is being worked on. */
export async function readCaller(): Promise<Caller> {
  const sent = await headers();
  return {
    forwardedFor: sent.get("x-forwarded-for") ?? undefined,
    userAgent: sent.get("user-agent") ?? undefined,
  };
}
