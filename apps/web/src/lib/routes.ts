/** Every path of the app, as functions; no page address is written elsewhere. */
export const routes = {
  home: () => "/",
  signIn: (options?: { next?: string; reason?: SignInReason }) =>
    withQuery("/sign-in", { next: options?.next, reason: options?.reason }),
  worklist: (query?: Record<string, string | undefined>) =>
    withQuery("/worklist", query),
  case: (caseId: string, query?: Record<string, string | undefined>) =>
    withQuery(`/cases/${encodeURIComponent(caseId)}`, query),
  board: () => "/board",
  critical: () => "/critical",
  procedures: () => "/procedures",
  macros: () => "/macros",
  pools: () => "/pools",
  duplicates: () => "/patients/duplicates",
  upload: () => "/upload",
  audit: (query?: Record<string, string | undefined>) =>
    withQuery("/audit", query),
  export: () => "/export",
  models: (query?: Record<string, string | undefined>) =>
    withQuery("/models", query),
  agreement: () => "/agreement",
  monitoring: () => "/monitoring",
  policies: () => "/policies",
  thresholds: () => "/thresholds",
  users: () => "/users",
  profile: () => "/profile",
  myReading: () => "/my-reading",
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

/** Stands for this site; no path of ours can lead to another origin. */
const HERE = "http://desk.invalid";

/** Where older addresses hold a patient's name; it is not carried on. */
const SEARCH = "q";
/** Holds the query of the list that a case was opened from. */
const LIST = "list";

/**
 * Where to go after signing in: a path of this site or null. It is read as a
 * browser reads it (which drops tabs and line ends, and takes "\\" for "/"),
 * and must stay on this origin. What may name a patient is left out.
 */
export function safeNext(next: string | null | undefined): string | null {
  if (!next?.startsWith("/") || /[\p{Cc}\\]/u.test(next)) return null;
  if (!URL.canParse(next, HERE)) return null;
  const url = new URL(next, HERE);
  if (url.origin !== HERE || url.pathname.startsWith("//")) return null;
  if (/^\/(sign-in|api)(\/|$)/.test(url.pathname)) return null;
  withoutSearch(url.searchParams);
  return `${url.pathname}${url.search}${url.hash}`;
}

function withoutSearch(query: URLSearchParams): void {
  if (query.has(SEARCH)) query.delete(SEARCH);
  const list = new URLSearchParams(query.get(LIST) ?? "");
  if (!list.has(SEARCH)) return;
  list.delete(SEARCH);
  query.set(LIST, list.toString());
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
