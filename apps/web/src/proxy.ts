import { hostname } from "node:os";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "./lib/env.ts";
import { routes, safeNext } from "./lib/routes.ts";
import { contentSecurityPolicy } from "./lib/security-headers.ts";
import { readSessionToken } from "./lib/session.ts";
import {
  isSecureRequest,
  knownHost,
  webSocketOrigin,
} from "./lib/web-socket-url.ts";

/**
 * Runs before every page: sends people without a session to the sign-in page
 * and gives the page its script nonce. It never runs for /api, where it would
 * hold request bodies in memory; those routes check the session themselves.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl;
  const token = await readSessionToken(request);
  if (!token?.apiToken && pathname !== "/sign-in") {
    const next = pathname === "/" ? null : safeNext(`${pathname}${search}`);
    const target = routes.signIn(next ? { next } : {});
    // Next makes it a path again: the browser stays on the host it asked,
    // whatever the Host header says.
    return NextResponse.redirect(new URL(target, request.nextUrl.origin));
  }
  return withPolicy(request);
}

/** The configured address says which host the page is on, else the browser. */
function hostOf(request: NextRequest): string {
  const { webUrl } = env();
  if (webUrl) return new URL(webUrl).host;
  return knownHost(request.headers.get("host"), hostname());
}

function withPolicy(request: NextRequest): NextResponse {
  const { isDevelopment, apiPort, apiPublicUrl } = env();
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const socket = webSocketOrigin(
    { apiPort, apiPublicUrl },
    hostOf(request),
    isSecureRequest(request.headers, request.nextUrl.protocol),
  );
  const policy = contentSecurityPolicy({
    nonce,
    webSocketOrigin: socket,
    isDevelopment,
  });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("x-web-socket", socket);
  headers.set("x-path", `${request.nextUrl.pathname}${request.nextUrl.search}`);
  // Next reads the nonce for its own scripts out of this request header.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  matcher: ["/((?!api/|_next/static|_next/image|viewer/|icon|favicon).*)"],
};
