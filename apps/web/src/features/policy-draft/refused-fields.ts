import { CombinedGraphQLErrors } from "@apollo/client/errors";

/**
 * Which values a refusal is about: "ceilings.routine" of the API's
 * "input.document.ceilings.routine".
 */
export function refusedFields(error: unknown): ReadonlySet<string> {
  if (!CombinedGraphQLErrors.is(error)) return new Set();
  const fields: unknown = error.errors[0]?.extensions?.["fields"];
  if (!Array.isArray(fields)) return new Set();
  return new Set(
    fields
      .filter((field) => typeof field === "string")
      .map((field) => field.replace(/^(input\.)?document\./, "")),
  );
}
