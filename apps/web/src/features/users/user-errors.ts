import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { errorCode } from "../../lib/error-text.ts";
import {
  type PasswordProblem,
  passwordProblemOf,
} from "../../lib/password-problem.ts";
import type { UserField } from "./user-form-state.ts";

export interface UserRefusal {
  field: UserField;
  /** The API's code, for a sentence of our own. */
  code: string;
  /** The API's sentence, where there is none of our own. */
  message: string;
  /** What is wrong with a password, where that is what was refused. */
  problem: PasswordProblem | null;
}

const FIELDS: readonly UserField[] = [
  "name",
  "email",
  "role",
  "siteIds",
  "locale",
  "isActive",
  "password",
];

/**
 * The fields that a refusal is about; empty when it is about none of them and
 * belongs above the form.
 * @param changed the fields that were sent, for refusals that do not say
 */
export function refusalsOf(
  error: unknown,
  changed: readonly UserField[],
): UserRefusal[] {
  if (!CombinedGraphQLErrors.is(error)) return [];
  const code = errorCode(error);
  const message = error.errors[0]?.message ?? "";
  return fieldsOf(error, code, changed).map((field) => ({
    field,
    code,
    message,
    problem: passwordProblemOf(error),
  }));
}

function fieldsOf(
  error: CombinedGraphQLErrors,
  code: string,
  changed: readonly UserField[],
): UserField[] {
  const paths = error.errors[0]?.extensions?.["fields"];
  const named = Array.isArray(paths)
    ? FIELDS.filter((field) =>
        paths.some((path) => String(path).split(".").includes(field)),
      )
    : [];
  if (named.length > 0) return named;
  if (code === "EMAIL_TAKEN" || code === "EMAIL_NOT_AVAILABLE")
    return ["email"];
  if (code === "LAST_ADMIN") {
    const causes = (["isActive", "role", "siteIds"] as const).filter((field) =>
      changed.includes(field),
    );
    return causes.slice(0, 1);
  }
  return [];
}
