import type { Session } from "next-auth";
import { getCsrfToken, getSession } from "next-auth/react";
import * as z from "zod/mini";
import { apiRoutes } from "../../lib/routes.ts";

type SignInResult = { session: Session } | { code: string };

const answerSchema = z.object({ url: z.string() });

/**
 * Signs in with a password and stays on the page. next-auth's own `signIn`
 * wants a whole address as the answer; the server gives paths, because it
 * could only guess its address from the Host header.
 */
export async function signInWithPassword(
  email: string,
  password: string,
): Promise<SignInResult> {
  try {
    const csrfToken = (await getCsrfToken()) ?? "";
    const response = await fetch(apiRoutes.passwordSignIn, {
      method: "POST",
      body: new URLSearchParams({ email, password, csrfToken, json: "true" }),
    });
    const { url } = answerSchema.parse(await response.json());
    const { searchParams } = new URL(url, window.location.origin);
    if (!response.ok) return { code: searchParams.get("error") ?? "UNKNOWN" };
    const session = await getSession();
    return session ? { session } : { code: "UNKNOWN" };
  } catch {
    // Only this site itself does not answer, or not as it should.
    return { code: "NETWORK" };
  }
}
