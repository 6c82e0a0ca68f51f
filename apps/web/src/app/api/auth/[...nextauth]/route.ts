import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "../../../../lib/auth-options.ts";
import { withOwnPath } from "../../../../lib/own-path-answer.ts";
import { withCacheCleared } from "../../../../lib/sign-out-answer.ts";

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
  const response = withOwnPath(request.headers, await handle(request, context));
  const { nextauth } = await context.params;
  return withCacheCleared(request.method, nextauth, response);
};

export { answer as GET, answer as POST };
