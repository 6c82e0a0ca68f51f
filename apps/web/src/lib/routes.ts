/** Every path of the app, as functions; no page address is written elsewhere. */
export const routes = {
  home: () => "/",
  signIn: (options?: { next?: string; reason?: SignInReason }) =>
    withQuery("/sign-in", { next: options?.next, reason: options?.reason }),
  worklist: (query?: Record<string, string | undefined>) =>
    withQuery("/worklist", query),
  case: (caseId: string, query?: Record<string, string | undefined>) =>
    withQuery(`/cases/${encodeURIComponent(caseId)}`, query),
  upload: () => "/upload",
  audit: (query?: Record<string, string | undefined>) =>
    withQuery("/audit", query),
  export: () => "/export",
  models: (query?: Record<string, string | undefined>) =>
    withQuery("/models", query),
  users: () => "/users",
  profile: () => "/profile",
} as const;

export type SignInReason = "ended" | "signed-out";

/** Same-origin paths that this server passes on to the API. */
export const apiRoutes = {
  graphql: "/api/graphql",
  upload: "/api/upload",
  /** @param path as the API gives it, for example /images/1/thumbnail */
  file: (path: string) => `/api/files/${path.replace(/^\/+/, "")}`,
} as const;

/**
 * The page a role works on first.
 * @param permissions the viewer's permission codes
 */
export function homeFor(permissions: readonly string[]): string {
  if (permissions.includes("user:manage")) return routes.users();
  if (permissions.includes("case:read")) return routes.worklist();
  if (permissions.includes("audit:read")) return routes.audit();
  return routes.worklist();
}

/**
 * Where to go after signing in: a path of this site or null. Anything that
 * could leave the site ("//host", "/\host", "https:…") is refused.
 */
export function safeNext(next: string | null | undefined): string | null {
  if (!next?.startsWith("/") || /^\/[/\\]/.test(next)) return null;
  if (next.startsWith("/sign-in") || next.startsWith("/api/")) return null;
  return next;
}

function withQuery(
  path: string,
  query?: Record<string, string | undefined>,
): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value) search.set(key, value);
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}
