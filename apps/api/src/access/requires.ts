import "reflect-metadata";
import type { GraphQLSchema } from "graphql";
import { Extensions, createMethodMiddlewareDecorator } from "type-graphql";
import type { ApiContext } from "../context.ts";
import { assertCan, assertUser } from "./authorize.ts";
import type { Permission } from "./permissions.ts";

/** `public`: anybody, signed in or not. `signed-in`: any role. */
export type Requirement = Permission | "public" | "signed-in";

/**
 * States on the schema what an operation needs and refuses early. The
 * service still asserts on the row it loads. A subscription is checked by
 * its `subscribe` function, since middleware runs for its events only.
 */
export function Requires(requirement: Requirement): MethodDecorator {
  const note = Extensions({ permission: requirement });
  const check = createMethodMiddlewareDecorator<ApiContext>(
    async ({ context, info }, next) => {
      // A subscription's context lives for hours; each event reads anew.
      if (info.parentType.name === "Subscription") {
        await context.renew?.();
        context.loaders = context.freshLoaders();
      }
      assertMeets(context, requirement);
      // The result's shape is the resolver's affair.
      return (await next()) as unknown;
    },
  );
  return (target, key, descriptor) => {
    note(target, key, descriptor);
    check(target, key, descriptor);
  };
}

function assertMeets(context: ApiContext, requirement: Requirement): void {
  if (requirement === "public") return;
  if (requirement === "signed-in") assertUser(context.viewer);
  else assertCan(context.viewer, requirement);
}

/** Requirement of every operation, as "Query.case" → "case:read". */
export function requirementsOf(
  schema: GraphQLSchema,
): ReadonlyMap<string, Requirement | undefined> {
  const roots = [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ];
  const found = new Map<string, Requirement | undefined>();
  for (const root of roots) {
    if (root === null || root === undefined) continue;
    for (const field of Object.values(root.getFields())) {
      const { permission } = field.extensions;
      found.set(
        `${root.name}.${field.name}`,
        // Only @Requires writes this extension.
        permission as Requirement | undefined,
      );
    }
  }
  return found;
}

/** Start-up fails when an operation states no requirement. */
export function assertEveryOperationRequires(schema: GraphQLSchema): void {
  const open = [...requirementsOf(schema)]
    .filter(([, requirement]) => requirement === undefined)
    .map(([operation]) => operation);
  if (open.length > 0) {
    throw new Error(
      `these operations need @Requires(…): ${open.sort().join(", ")}`,
    );
  }
}
