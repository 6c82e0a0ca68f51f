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
const answer: RouteHandler = (request, context) => {
  // next-auth declares `any`; for this router it makes a handler of this shape.
  const handle = NextAuth(authOptions()) as RouteHandler;
  return handle(request, context);
};

export { answer as GET, answer as POST };
