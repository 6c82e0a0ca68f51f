import type { IncomingMessage } from "node:http";
import { anonymousViewer } from "./access/viewer.ts";
import type { Origin, UserViewer, Viewer } from "./access/viewer.ts";
import { Seen } from "./audit/seen.ts";
import type { Loaders } from "./loaders.ts";
import type { NotificationHub } from "./platform/notification-hub.ts";

/** What every resolver and HTTP route gets of its request. */
export interface ApiContext {
  viewer: Viewer;
  /**
   * Of a socket only: looks again who it is before each event, since sessions
   * end and rights change while it is open. Throws UNAUTHENTICATED.
   */
  renew?: () => Promise<void>;
  requestId: string;
  /** Batched reads; replaced for each event of a subscription. */
  loaders: Loaders;
  freshLoaders(): Loaders;
  /** For subscriptions. */
  notifications: NotificationHub;
  /** Whose data the answer shows; recorded before it leaves. */
  seen: Seen;
}

export interface ContextDeps {
  authenticate(token: string, origin: Origin): Promise<UserViewer | null>;
  createLoaders(viewer: Viewer): Loaders;
  notifications: NotificationHub;
}

/**
 * Builds the context of one request. A bearer that does not hold leaves the
 * viewer anonymous: the operation then says UNAUTHENTICATED in its own form.
 */
export async function createContext(
  deps: ContextDeps,
  request: Pick<IncomingMessage, "headers">,
  origin: Origin,
): Promise<ApiContext> {
  const token = bearerOf(request.headers.authorization);
  const user = token === null ? null : await deps.authenticate(token, origin);
  return contextFor(deps, user ?? anonymousViewer(origin));
}

/** The context of a viewer already known: a WebSocket's, a test's. */
export function contextFor(deps: ContextDeps, viewer: Viewer): ApiContext {
  const context: ApiContext = {
    viewer,
    requestId: viewer.origin.requestId,
    loaders: deps.createLoaders(viewer),
    // Of the viewer as it is by then, not as it was when the socket opened.
    freshLoaders: () => deps.createLoaders(context.viewer),
    notifications: deps.notifications,
    seen: new Seen(),
  };
  return context;
}

function bearerOf(header: string | undefined): string | null {
  const match = /^Bearer +([\w.~+/=-]{1,512})$/i.exec(header ?? "");
  return match?.[1] ?? null;
}
