import { BadInputError } from "../../errors.ts";
import { hashPassword, passwordProblem } from "./password.ts";

/** Checks and hashes new passwords. */
export interface PasswordPolicy {
  /** The hash to store. Throws `BadInputError` for a weak password. */
  hash(
    password: string,
    person: { email: string; name: string },
  ): Promise<string>;
}

export const passwordPolicy: PasswordPolicy = {
  hash(password, person) {
    const problem = passwordProblem(password, person);
    if (problem !== null) throw new BadInputError(problem, ["input.password"]);
    return hashPassword(password);
  },
};
