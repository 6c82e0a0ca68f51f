/**
 * An answer of next-auth as the browser may follow it: where it leads to this
 * site, by a path. next-auth writes the whole address, and without
 * LUNG_IRIS_WEB_URL it takes the host for that from the request, where anybody
 * can write any; a cache in between would hand it to others. Addresses of other
 * sites stay: the identity provider's is one.
 *
 * @param asked the headers of the request
 */
export function withOwnPath(asked: Headers, response: Response): Response {
  const location = response.headers.get("location");
  const host = asked.get("x-forwarded-host") ?? asked.get("host");
  if (location === null || host === null || !URL.canParse(location))
    return response;
  const { protocol, host: named, pathname, search, hash } = new URL(location);
  const here = `${protocol}//${host}`;
  if (!URL.canParse(here) || new URL(here).host !== named) return response;
  const headers = new Headers(response.headers);
  // Two slashes would be a host again.
  headers.set("location", `/${pathname.replace(/^\/+/, "")}${search}${hash}`);
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}
