import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "../../../../lib/auth-options.ts";

interface RouteContext {
  params: Promise<{ nextauth: string[] }>;
}

type RouteHandler = (
  request: NextRequest,
  context: RouteContext,
) => Promise<Response>;

/** Settings come from the environment, so the handler is made on first use. */
const answer: RouteHandler = async (request, context) => {
  // next-auth declares `any`; for this router it makes a handler of this shape.
  const handle = NextAuth(authOptions()) as RouteHandler;
  const response = await handle(request, context);
  const { nextauth } = await context.params;
  const isSignOut = request.method === "POST" && nextauth[0] === "signout";
  return isSignOut ? withCacheCleared(response) : response;
};

/** Whatever an older version let the browser keep ends with the session. */
function withCacheCleared(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set("Clear-Site-Data", '"cache"');
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}

export { answer as GET, answer as POST };
