import {
  CombinedGraphQLErrors,
  ServerError,
  ServerParseError,
} from "@apollo/client/errors";
import { useLocale, useTranslations } from "next-intl";
import type { Messages } from "../i18n/messages.ts";
import { inputProblemOf } from "./input-problem.ts";

type KnownCode = keyof Messages["errors"]["codes"];
type KnownInput = keyof Messages["errors"]["inputs"];

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

/** A number that the API says beside a refusal; zero where it does not. */
function numberOf(
  error: unknown,
  name: "retryAfterSeconds" | "declaredVersion" | "barsVersion",
): number {
  if (!CombinedGraphQLErrors.is(error)) return 0;
  const said = error.errors[0]?.extensions?.[name];
  return typeof said === "number" ? said : 0;
}

/** The line was the reason: nothing is wrong with what was asked. */
export function isLineError(error: unknown): boolean {
  return ["NETWORK", "API_UNREACHABLE"].includes(errorCode(error));
}

/**
 * What is still worth saying of a failure: that the line was away is not, once
 * it is back.
 */
export function standingError(error: unknown, isOnline: boolean): unknown {
  return isOnline && isLineError(error) ? null : error;
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
      return t(`codes.${code as KnownCode}`, {
        minutes: Math.ceil(numberOf(error, "retryAfterSeconds") / 60),
        declared: numberOf(error, "declaredVersion"),
        bars: numberOf(error, "barsVersion"),
      });
    }
    // What was entered, where the API names what is wrong with it.
    const input = inputProblemOf(error, locale);
    if (input && t.has(`inputs.${input.name}` as `inputs.${KnownInput}`))
      return t(`inputs.${input.name as KnownInput}`, input.values);
    // The API writes English; other readers get the general sentence.
    const said = CombinedGraphQLErrors.is(error) && error.errors[0]?.message;
    if (said && locale === "en") return said;
    return t(code === "BAD_USER_INPUT" ? "badInput" : "codes.UNKNOWN");
  };
}
