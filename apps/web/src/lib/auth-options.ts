import type { NextAuthOptions, User } from "next-auth";
import type { JWT } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { headers } from "next/headers";
import { DEFAULT_LOCALE, isLocale } from "../i18n/locales.ts";
import { ApiRefusal, callApi } from "./api-client.ts";
import { writeSignInFailure } from "./sign-in-failure.ts";
import { type Caller, readCaller } from "./caller.ts";
import { keepDeviceToken, readDeviceToken } from "./device-cookie.ts";
import { env, type OidcSettings } from "./env.ts";
import { landingPath, routes } from "./routes.ts";
import {
  SIGN_IN,
  SIGN_IN_WITH_ID_TOKEN,
  SIGN_OUT,
  VIEWER,
} from "./session-queries.ts";

/** As long as the API's own session lives at most. */
const SESSION_SECONDS = 12 * 60 * 60;

/** NextAuth's settings, made from the environment when first needed. */
export function authOptions(): NextAuthOptions {
  const { sessionSecret, oidc } = env();
  return {
    secret: sessionSecret,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    // Without a page of ours next-auth would show its own to sign out.
    pages: {
      signIn: routes.signIn(),
      signOut: routes.home(),
      error: routes.signIn(),
    },
    providers: [
      credentialsProvider(),
      ...(oidc ? [identityProvider(oidc)] : []),
    ],
    callbacks: {
      jwt: tokenFor,
      session: sessionFor,
      redirect: ({ url, baseUrl }) => landingPath(url, baseUrl),
    },
    events: { signOut: ({ token }) => endApiSession(token) },
  };
}

function credentialsProvider() {
  return CredentialsProvider({
    id: "credentials",
    credentials: { email: {}, password: {} },
    async authorize(credentials): Promise<User | null> {
      const { email, password } = credentials ?? {};
      if (!email || !password) throw new Error("INVALID_CREDENTIALS");
      const caller = await readCaller();
      try {
        const { signIn } = await callApi(
          SIGN_IN,
          {
            email: email.trim(),
            password,
            deviceToken: await readDeviceToken(),
          },
          caller,
        );
        if (signIn.deviceToken)
          await keepDeviceToken(signIn.deviceToken, await isSecureSite());
        return await describe(signIn, caller);
      } catch (error) {
        throw new Error(signInCode(error), { cause: error });
      }
    },
  });
}

/** By the configured address, else by what a proxy in front says. */
async function isSecureSite(): Promise<boolean> {
  const { webUrl } = env();
  if (webUrl) return webUrl.startsWith("https:");
  return (await headers()).get("x-forwarded-proto") === "https";
}

/** The message becomes the `error` that the sign-in page translates. */
function signInCode(error: unknown): string {
  if (!(error instanceof ApiRefusal)) return "API_UNREACHABLE";
  const { code, retryAfterSeconds } = error;
  return writeSignInFailure({ code, retryAfterSeconds });
}

interface ApiSession {
  token: string;
  expiresAt: string;
}

async function describe(session: ApiSession, caller: Caller): Promise<User> {
  const { viewer } = await callApi(
    VIEWER,
    {},
    { token: session.token, ...caller },
  );
  const { id, name, email, role, locale } = viewer.user;
  return {
    id,
    name,
    email,
    role,
    locale: isLocale(locale) ? locale : DEFAULT_LOCALE,
    permissions: viewer.permissions,
    apiToken: session.token,
    apiTokenExpiresAt: session.expiresAt,
  };
}

interface IdentityProfile {
  sub: string;
  name?: string;
  email?: string;
}

function identityProvider(oidc: OidcSettings): OAuthConfig<IdentityProfile> {
  return {
    id: "oidc",
    name: "oidc",
    type: "oauth",
    wellKnown: `${oidc.issuer}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    // What the person may do comes from the API, in `tokenFor`.
    profile: (profile) => ({
      id: profile.sub,
      name: profile.name ?? profile.email ?? "",
      email: profile.email ?? "",
      role: "STAFF",
      locale: DEFAULT_LOCALE,
      permissions: [],
      apiToken: "",
      apiTokenExpiresAt: "",
    }),
  };
}

type JwtCallback = NonNullable<
  NonNullable<NextAuthOptions["callbacks"]>["jwt"]
>;
type SessionCallback = NonNullable<
  NonNullable<NextAuthOptions["callbacks"]>["session"]
>;

const tokenFor: JwtCallback = async ({
  token,
  user,
  account,
  trigger,
  session,
}) => {
  if (trigger === "update") return updated(token, session);
  // Only a fresh sign-in hands over an account.
  if (!account) return token;
  const known =
    account.provider === "oidc" ? await knownUser(account.id_token) : user;
  const { id, name, email, role, locale } = known;
  return {
    sub: id,
    apiToken: known.apiToken,
    apiTokenExpiresAt: known.apiTokenExpiresAt,
    permissions: known.permissions,
    user: { id, name, email, role, locale },
  };
};

async function knownUser(idToken: string | undefined): Promise<User> {
  if (!idToken) throw new Error("The identity provider sent no ID token.");
  const caller = await readCaller();
  const { signInWithIdToken } = await callApi(
    SIGN_IN_WITH_ID_TOKEN,
    { idToken },
    caller,
  );
  return describe(signInWithIdToken, caller);
}

/** The browser may change one thing of its session: the language. */
function updated(token: JWT, change: unknown): JWT {
  const locale =
    typeof change === "object" && change !== null && "locale" in change
      ? change.locale
      : undefined;
  if (!isLocale(locale) || !token.user) return token;
  return { ...token, user: { ...token.user, locale } };
}

const sessionFor: SessionCallback = ({ session, token }) => ({
  expires: session.expires,
  // A token without these was made by another version; the proxy ends it.
  ...(token.user ? { user: token.user } : {}),
  permissions: token.permissions ?? [],
});

async function endApiSession(token: JWT | undefined): Promise<void> {
  if (!token?.apiToken) return;
  try {
    await callApi(
      SIGN_OUT,
      {},
      { token: token.apiToken, ...(await readCaller()) },
    );
  } catch (error) {
    // Already over, or the API is away: the cookie goes either way, and the
    // API's session ends by itself.
    if (!(error instanceof ApiRefusal)) {
      console.error("The API's session could not be ended:", error);
    }
  }
}
