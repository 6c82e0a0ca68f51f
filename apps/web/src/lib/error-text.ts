import {
  CombinedGraphQLErrors,
  ServerError,
  ServerParseError,
} from "@apollo/client/errors";
import { useLocale, useTranslations } from "next-intl";
import type { Messages } from "../i18n/messages.ts";

type KnownCode = keyof Messages["errors"]["codes"];

const HTTP_CODES: Record<number, string> = {
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  413: "TOO_LARGE",
  429: "RATE_LIMITED",
  503: "API_UNREACHABLE",
  507: "STORAGE_FULL",
};

/**
 * The stable code of anything that can be thrown at a page: the API's own
 * code, NETWORK when nothing was reached, UNKNOWN for the rest.
 */
export function errorCode(error: unknown): string {
  if (CombinedGraphQLErrors.is(error)) {
    const code = error.errors[0]?.extensions?.["code"];
    return typeof code === "string" ? code : "INTERNAL_SERVER_ERROR";
  }
  if (ServerError.is(error)) return codeOfServerError(error);
  if (ServerParseError.is(error)) return "API_UNREACHABLE";
  if (error instanceof TypeError) return "NETWORK";
  return "UNKNOWN";
}

/** An HTTP status the client did not expect; our proxy puts a code inside. */
function codeOfServerError(error: ServerError): string {
  const inside = /"code"\s*:\s*"([A-Z_]+)"/.exec(error.bodyText)?.[1];
  return inside ?? HTTP_CODES[error.statusCode] ?? "UNKNOWN";
}

/** The id under which the server's log has the failure, where it gave one. */
export function errorRequestId(error: unknown): string | null {
  if (!CombinedGraphQLErrors.is(error)) return null;
  const id = error.errors[0]?.extensions?.["requestId"];
  return typeof id === "string" ? id : null;
}

/** How long the API asks to wait; zero where it does not say. */
function retryAfterSeconds(error: unknown): number {
  if (!CombinedGraphQLErrors.is(error)) return 0;
  const seconds = error.errors[0]?.extensions?.["retryAfterSeconds"];
  return typeof seconds === "number" ? seconds : 0;
}

/** Whether trying the same thing again can help. */
export function isRetryable(code: string): boolean {
  return !["FORBIDDEN", "NOT_FOUND", "BAD_USER_INPUT"].includes(code);
}

/**
 * Gives a function that turns a thrown error into a sentence in the reader's
 * language. A code without a sentence of its own falls back to what the API
 * wrote where that is the reader's language, then to a general one.
 */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations("errors");
  const locale = useLocale();
  return (error) => {
    const code = errorCode(error);
    // `has` is asked first, so the name is one of the known codes.
    if (t.has(`codes.${code}` as `codes.${KnownCode}`)) {
      const minutes = Math.ceil(retryAfterSeconds(error) / 60);
      return t(`codes.${code as KnownCode}`, { minutes });
    }
    // The API writes English; other readers get the general sentence.
    const said = CombinedGraphQLErrors.is(error) && error.errors[0]?.message;
    if (said && locale === "en") return said;
    return t(code === "BAD_USER_INPUT" ? "badInput" : "codes.UNKNOWN");
  };
}
