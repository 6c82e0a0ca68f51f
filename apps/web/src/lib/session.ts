import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { getToken, type JWT } from "next-auth/jwt";
import type { NextRequest } from "next/server";
import { cookies } from "next/headers";
import { getServerSession } from "next-auth/next";
import { cache } from "react";
import type { ViewerQuery } from "../gql/graphql.ts";
import { ApiRefusal, callApi } from "./api-client.ts";
import { authOptions } from "./auth-options.ts";
import { readCaller } from "./caller.ts";
import { env } from "./env.ts";
import { VIEWER } from "./session-queries.ts";

export type Viewer = ViewerQuery["viewer"];

export type ViewerState =
  | { status: "signed-in"; viewer: Viewer }
  | { status: "signed-out" }
  | { status: "unreachable" };

/**
 * What the encrypted cookie of a request holds, the API's bearer among it.
 * The cookie has another name on https, and this server cannot know whether a
 * proxy in front ended it, so both names are tried.
 */
export async function readSessionToken(
  request: NextRequest,
): Promise<JWT | null> {
  const secret = env().sessionSecret;
  return (
    (await getToken({ req: request, secret, secureCookie: true })) ??
    (await getToken({ req: request, secret, secureCookie: false }))
  );
}

/** Whether this browser has signed in; says nothing about the API's session. */
export function readSession() {
  return getServerSession(authOptions());
}

/** The bearer for calls made while rendering a page, or null. */
async function pageToken(): Promise<string | null> {
  const jar = await cookies();
  // getToken only reads `cookies` and `headers` of what it is given, and takes
  // this shape from a page of the other router.
  const request = {
    cookies: Object.fromEntries(jar.getAll().map((c) => [c.name, c.value])),
    headers: {},
  } as unknown as NextRequest;
  return (await readSessionToken(request))?.apiToken ?? null;
}

/**
 * Asks the API in the name of the person who asks for the page; null where
 * nobody is signed in.
 * @throws ApiRefusal with the API's code, ApiUnreachable otherwise
 */
export async function callAsViewer<TData, TVariables>(
  document: TypedDocumentNode<TData, TVariables>,
  variables: TVariables,
): Promise<TData | null> {
  const token = await pageToken();
  if (token === null) return null;
  return callApi(document, variables, { token, ...(await readCaller()) });
}

/** Who is asking, fresh from the API, once a request. */
export const loadViewer = cache(async (): Promise<ViewerState> => {
  try {
    const answer = await callAsViewer(VIEWER, {});
    return answer === null
      ? { status: "signed-out" }
      : { status: "signed-in", viewer: answer.viewer };
  } catch (error) {
    if (error instanceof ApiRefusal && error.code === "UNAUTHENTICATED") {
      return { status: "signed-out" };
    }
    return { status: "unreachable" };
  }
});
