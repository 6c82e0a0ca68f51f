import { DEMO_PASSWORD } from "../demo/demo-login.ts";
import type { ImportEnvironment } from "../config.ts";
import type { DeskClient } from "./desk-client.ts";
import { UsageError } from "./import-options.ts";

/**
 * How a command signs in: as the options or the environment say, or on a demo
 * desk as the demo's user of that role.
 *
 * @throws UsageError where nobody said who it is.
 */
export async function signInWith(
  desk: DeskClient,
  who: {
    email: string | null;
    environment: Pick<ImportEnvironment, "email" | "password">;
    demoEmail: string;
    /** "imports", "exports": for the sentence of the error. */
    does: string;
  },
): Promise<() => Promise<void>> {
  const email = who.email ?? who.environment.email;
  const { password } = who.environment;
  if (email !== null && password !== null) {
    return () => desk.signIn(email, password);
  }
  if (await desk.isDemo()) {
    const user = email ?? who.demoEmail;
    return () => desk.signIn(user, password ?? DEMO_PASSWORD);
  }
  throw new UsageError(
    `Set LUNG_IRIS_EMAIL and LUNG_IRIS_PASSWORD to say who ${who.does}.`,
  );
}
