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
  notifications: () => "/notifications",
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
  erasures: () => "/erasures",
  policies: () => "/policies",
  thresholds: () => "/thresholds",
  training: (query?: Record<string, string | undefined>) =>
    withQuery("/training", query),
  users: () => "/users",
  profile: () => "/profile",
  myReading: () => "/my-reading",
} as const;

export type SignInReason = "ended" | "signed-out";

/** Same-origin paths that this server passes on to the API. */
export const apiRoutes = {
  graphql: "/api/graphql",
  upload: "/api/upload",
  resumable: "/api/upload/resumable",
  passwordSignIn: "/api/auth/callback/credentials",
  /** @param path as the API gives it, for example /images/1/thumbnail */
  file: (path: string) => `/api/files/${path.replace(/^\/+/, "")}`,
  filmOfCase: (caseId: string) =>
    `/api/files/cases/${encodeURIComponent(caseId)}/film`,
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
 * Where to go after signing in: a path of this site or null. What may name a
 * patient is left out.
 */
export function safeNext(next: string | null | undefined): string | null {
  const url = ownAddress(next);
  if (url === null || /^\/(sign-in|api)(\/|$)/.test(url.pathname)) return null;
  withoutSearch(url.searchParams);
  return pathOf(url);
}

/**
 * Where next-auth sends people: a path of this site, whatever is wanted. The
 * browser stays on the host that it asked, whatever a Host header says.
 *
 * @param baseUrl this site, as next-auth takes it to be
 */
export function landingPath(wanted: string, baseUrl: string): string {
  const address = URL.canParse(wanted) ? new URL(wanted) : null;
  const isHere = address?.origin === new URL(baseUrl).origin;
  const url = ownAddress(address && isHere ? pathOf(address) : wanted);
  return url === null ? routes.home() : pathOf(url);
}

/**
 * A path of this site or null, read as a browser reads it (which drops tabs
 * and line ends, and takes "\\" for "/"); it must stay on this origin.
 */
function ownAddress(path: string | null | undefined): URL | null {
  if (!path?.startsWith("/") || /[\p{Cc}\\]/u.test(path)) return null;
  if (!URL.canParse(path, HERE)) return null;
  const url = new URL(path, HERE);
  return url.origin !== HERE || url.pathname.startsWith("//") ? null : url;
}

function pathOf({ pathname, search, hash }: URL): string {
  return `${pathname}${search}${hash}`;
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
