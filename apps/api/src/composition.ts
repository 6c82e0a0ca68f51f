import type { Database } from "@lung-iris/prisma";
import type { Router } from "express";
import type { ApiConfig } from "./config.ts";
import type { ContextDeps } from "./context.ts";
import { AuditLog } from "./audit/audit-log.ts";
import { AuthResolver } from "./features/auth/auth.resolver.ts";
import { AuthService } from "./features/auth/auth.service.ts";
import type { IdentityProvider } from "./features/auth/identity-provider.ts";
import { SessionService } from "./features/auth/session.service.ts";
import { SiteService } from "./features/sites/site.service.ts";
import { createLoaders } from "./loaders.ts";
import type { Logger } from "./logger.ts";
import type { Clock } from "./platform/clock.ts";
import type { ContextOf } from "./platform/http-context.ts";
import type { NotificationHub } from "./platform/notification-hub.ts";
import type { ObjectStore } from "./platform/object-store.ts";

/** Everything that the outside hands in; nothing below reads a singleton. */
export interface ServerDeps {
  config: ApiConfig;
  database: Database;
  clock: Clock;
  logger: Logger;
  objectStore: ObjectStore;
  notifications: NotificationHub;
  /** Null where no OpenID Connect issuer is configured. */
  identityProvider: IdentityProvider | null;
}

export interface Composition {
  /** Instances of the classes listed in schema.ts. */
  resolvers: readonly object[];
  /** HTTP routes beside /graphql, mounted in this order. */
  routers: readonly ((contextOf: ContextOf) => Router)[];
  sessions: SessionService;
  context: ContextDeps;
}

/** The only place that builds services and resolvers. */
export function compose(deps: ServerDeps): Composition {
  const { config, clock, identityProvider } = deps;
  const { client } = deps.database;
  const audit = new AuditLog(client, clock);

  const sessions = new SessionService(client, clock);
  const auth = new AuthService({
    client,
    clock,
    audit,
    sessions,
    identityProvider,
  });
  const sites = new SiteService(client);

  return {
    resolvers: [new AuthResolver(auth, sites, config.isDemo)],
    routers: [],
    sessions,
    context: {
      authenticate: (token, origin) => sessions.authenticate(token, origin),
      createLoaders: (viewer) => createLoaders(client, viewer),
    },
  };
}
