import { AppError, ForbiddenError, NotFoundError } from "../../errors.ts";
import type { ErrorCode } from "../../errors.ts";
import type { REFUSAL_REASONS } from "../events/access-events.ts";

export type RefusalReason = (typeof REFUSAL_REASONS)[number];

/** Something that somebody asked for and did not get. */
export interface Refusal {
  operation: string;
  reason: RefusalReason;
  what: string | null;
  permission: string | null;
  /** Ids as they were asked for, by argument. */
  asked: Readonly<Record<string, string>>;
  /** The site it was asked for at, where the refusal says so itself. */
  siteId: string | null;
}

/** Codes that refuse access; the others refuse for the state things are in. */
const REASON_OF: Partial<Record<ErrorCode, RefusalReason>> = {
  UNAUTHENTICATED: "not-signed-in",
  FORBIDDEN: "no-permission",
  NOT_FOUND: "not-there",
  NOT_OWN_READING: "not-own",
  AI_HIDDEN: "ai-closed",
  AI_CLOSED: "ai-closed",
  PASSWORD_CHANGE_REQUIRED: "own-password-first",
};

/** The refusal that an error is; null for every other failure. */
export function refusalOf(
  error: unknown,
  operation: string,
  asked: Readonly<Record<string, string>>,
): Refusal | null {
  const reason = error instanceof AppError ? REASON_OF[error.code] : undefined;
  if (reason === undefined) return null;
  const isMissing = error instanceof NotFoundError;
  return {
    operation,
    reason,
    what: isMissing ? error.what : null,
    permission: error instanceof ForbiddenError ? error.permission : null,
    asked,
    siteId: isMissing ? error.siteId : null,
  };
}
