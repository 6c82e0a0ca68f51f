import { z } from "zod";

const csrf = z.object({ csrfToken: z.string() });
const session = z.object({ user: z.unknown().optional() });

/** Signs in as the sign-in page of the web does; whether that gave a session. */
export async function mayEnterByWeb(
  web: string,
  email: string,
  password: string,
): Promise<boolean> {
  const jar = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = Array.from(jar, ([name, value]) => `${name}=${value}`);
    const response = await fetch(`${web}${path}`, {
      ...init,
      redirect: "manual",
      headers: {
        cookie: cookie.join("; "),
        origin: web,
        "content-type": "application/x-www-form-urlencoded",
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/u.exec(line) ?? [];
      jar.set(name, value);
    }
    return response;
  };
  const { csrfToken } = csrf.parse(await (await ask("/api/auth/csrf")).json());
  await ask("/api/auth/callback/credentials", {
    method: "POST",
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
  const found = session.safeParse(
    await (await ask("/api/auth/session")).json(),
  );
  return found.success && found.data.user !== undefined;
}
