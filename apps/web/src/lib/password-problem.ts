import { CombinedGraphQLErrors } from "@apollo/client/errors";

const PROBLEMS = [
  "too-short",
  "too-long",
  "published",
  "too-personal",
  "guessable",
] as const;

/** What the API finds wrong with a new password. */
export type PasswordProblem = (typeof PROBLEMS)[number];

/** The problem that a refusal names; null where it is about something else. */
export function passwordProblemOf(error: unknown): PasswordProblem | null {
  if (!CombinedGraphQLErrors.is(error)) return null;
  const named = error.errors[0]?.extensions?.["problem"];
  return PROBLEMS.find((problem) => problem === named) ?? null;
}
