/**
 * The answer to a request of next-auth: with the end of a session whatever the
 * browser kept of this site ends too, also what an older version let it keep.
 *
 * @param path the parts of the address behind `/api/auth/`.
 */
export function withCacheCleared(
  method: string,
  path: readonly string[],
  response: Response,
): Response {
  if (method !== "POST" || path[0] !== "signout") return response;
  const headers = new Headers(response.headers);
  headers.set("Clear-Site-Data", '"cache"');
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}
