import type { ErrorRequestHandler, Request } from "express";
import { anonymousViewer } from "../../access/viewer.ts";
import type { Origin } from "../../access/viewer.ts";
import type { ContextOf } from "../../platform/http-context.ts";
import { routeOf } from "./asked-for.ts";
import { refusalOf } from "./refusal.ts";
import type { RefusedAccess } from "./refused-access.ts";

/**
 * Writes down what was refused by a route, before the answer is sent; to be
 * mounted before the handler that answers.
 */
export function noteRefusals(
  refused: RefusedAccess,
  contextOf: ContextOf,
  originOf: (request: Request) => Origin,
): ErrorRequestHandler {
  return async (error: unknown, request, _response, next) => {
    const { route, asked } = routeOf(request.path);
    const refusal = refusalOf(error, `${request.method} ${route}`, asked);
    if (refusal !== null) {
      const viewer = await contextOf(request).then(
        (context) => context.viewer,
        () => anonymousViewer(originOf(request)),
      );
      await refused.note(viewer, [refusal]);
    }
    next(error);
  };
}
