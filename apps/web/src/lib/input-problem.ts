import { CombinedGraphQLErrors } from "@apollo/client/errors";
import type { Locale } from "../i18n/locales.ts";
import { formatDate } from "./dates.ts";

/** What the API names as wrong with an input, with what its words need. */
export interface InputProblem {
  name: string;
  values: Record<string, string | number>;
}

/** A day of the calendar, as the API writes it. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What is wrong with what was entered, where the API names it; else null. */
export function inputProblemOf(
  error: unknown,
  locale: Locale,
): InputProblem | null {
  if (!CombinedGraphQLErrors.is(error)) return null;
  const { problem, ...rest } = error.errors[0]?.extensions ?? {};
  if (typeof problem !== "string") return null;
  const values: InputProblem["values"] = {};
  for (const [name, value] of Object.entries(rest)) {
    if (typeof value === "number") values[name] = value;
    // Words choose by "none": what they stand for cannot be empty.
    else if (value === "") values[name] = "none";
    else if (typeof value === "string")
      values[name] = DAY.test(value) ? formatDate(value, locale) : value;
  }
  return { name: problem, values };
}
