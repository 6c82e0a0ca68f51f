import type { Request, RequestHandler } from "express";
import type { Origin } from "../access/viewer.ts";
import type { ApiContext } from "../context.ts";
import type { Logger } from "../logger.ts";
import type { Clients } from "./client-address.ts";
import { newRequestId } from "./ids.ts";

/** The context of an Express request; made once a request. */
export type ContextOf = (request: Request) => Promise<ApiContext>;

const REQUEST_ID = /^[\w.-]{8,64}$/;
const requestIds = new WeakMap<Request, string>();

/**
 * Names every request: the id a trusted proxy gave it, else a new one. It is
 * in the answer's header, the logs, the audit trail and INTERNAL errors.
 */
export const requestIdentity: RequestHandler = (request, response, next) => {
  const given = request.get("x-request-id") ?? "";
  const id = REQUEST_ID.test(given) ? given : newRequestId();
  requestIds.set(request, id);
  response.setHeader("x-request-id", id);
  next();
};

/**
 * A line for each upload and for each failure, at debug for every request, so
 * that an id leads to the log.
 */
export function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.once("finish", () => {
      const { statusCode: status } = response;
      const isUpload = request.path === "/upload";
      const level = status >= 500 ? "warn" : isUpload ? "info" : "debug";
      const { method } = request;
      const milliseconds = Math.round(performance.now() - startedAt);
      const requestId = requestIdOf(request);
      logger[level]({ requestId, method, status, milliseconds }, "request");
    });
    next();
  };
}

export function requestIdOf(request: Request): string {
  return requestIds.get(request) ?? newRequestId();
}

export function originOf(request: Request, clients: Clients): Origin {
  return {
    address: clients.addressOf(request),
    userAgent: request.get("user-agent")?.slice(0, 300) ?? null,
    requestId: requestIdOf(request),
  };
}

/** Remembers the context of each request, so that it signs in only once. */
export function oncePerRequest(make: ContextOf): ContextOf {
  const made = new WeakMap<Request, Promise<ApiContext>>();
  return (request) => {
    const known = made.get(request);
    if (known !== undefined) return known;
    const context = make(request);
    made.set(request, context);
    return context;
  };
}
