import { createHmac } from "node:crypto";
import { z } from "zod";

/** "" counts as absent, so that `NAME=` in a file switches nothing on. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (value === "" ? undefined : value),
    schema.optional(),
  );

const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  LUNG_IRIS_SECRET: z.string().min(16),
  LUNG_IRIS_API_PORT: optional(z.coerce.number().int().min(1).max(65535)),
  LUNG_IRIS_API_URL: optional(z.url()),
  LUNG_IRIS_API_PUBLIC_URL: optional(z.url()),
  LUNG_IRIS_WEB_URL: optional(z.url()),
  LUNG_IRIS_TRUST_PROXY: optional(z.string()),
  LUNG_IRIS_OIDC_ISSUER: optional(z.url()),
  LUNG_IRIS_OIDC_CLIENT_ID: optional(z.string()),
  LUNG_IRIS_OIDC_CLIENT_SECRET: optional(z.string()),
});

export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** What the web server is configured with; never sent to the browser. */
export interface Env {
  isDevelopment: boolean;
  /** Key of the encrypted session cookie, derived from LUNG_IRIS_SECRET. */
  sessionSecret: string;
  /** Where this server reaches the API, without a trailing slash. */
  apiUrl: string;
  apiPort: number;
  /** Where a browser reaches the API's WebSocket, when not on the page's host. */
  apiPublicUrl: string | null;
  /** The address people type, when a proxy stands in front. */
  webUrl: string | null;
  /** Proxies in front: names, addresses or networks, by commas; or "". */
  trustProxy: string;
  /** Proves this server to the API, which then believes the addresses it names. */
  webProof: string;
  oidc: OidcSettings | null;
}

/**
 * Reads the environment.
 * @throws Error naming the variable that is missing or wrong.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const parsed = schema.safeParse(source);
  if (!parsed.success) {
    throw new Error(`Environment: ${z.prettifyError(parsed.error)}`);
  }
  const values = parsed.data;
  const apiPort = values.LUNG_IRIS_API_PORT ?? 4000;
  return {
    isDevelopment: values.NODE_ENV === "development",
    sessionSecret: derivedKey(values.LUNG_IRIS_SECRET, "web-session"),
    webProof: derivedKey(values.LUNG_IRIS_SECRET, "web-caller"),
    trustProxy: values.LUNG_IRIS_TRUST_PROXY ?? "",
    apiUrl: withoutSlash(
      values.LUNG_IRIS_API_URL ?? `http://127.0.0.1:${apiPort}`,
    ),
    apiPort,
    apiPublicUrl: values.LUNG_IRIS_API_PUBLIC_URL
      ? withoutSlash(values.LUNG_IRIS_API_PUBLIC_URL)
      : null,
    webUrl: values.LUNG_IRIS_WEB_URL
      ? withoutSlash(values.LUNG_IRIS_WEB_URL)
      : null,
    oidc: oidcSettings(values),
  };
}

/** The secret itself never leaves the environment. */
function derivedKey(secret: string, purpose: string): string {
  return createHmac("sha256", secret)
    .update(`lung-iris/${purpose}`)
    .digest("base64url");
}

function oidcSettings(values: z.infer<typeof schema>): OidcSettings | null {
  const {
    LUNG_IRIS_OIDC_ISSUER: issuer,
    LUNG_IRIS_OIDC_CLIENT_ID: clientId,
    LUNG_IRIS_OIDC_CLIENT_SECRET: clientSecret,
  } = values;
  if (!issuer && !clientId && !clientSecret) return null;
  if (!issuer || !clientId || !clientSecret) {
    throw new Error(
      "Environment: LUNG_IRIS_OIDC_ISSUER, LUNG_IRIS_OIDC_CLIENT_ID and LUNG_IRIS_OIDC_CLIENT_SECRET belong together; set all three or none.",
    );
  }
  return { issuer: withoutSlash(issuer), clientId, clientSecret };
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

let cached: Env | undefined;

/** The parsed environment; the only reader of process.env in this app. */
export function env(): Env {
  if (!cached) {
    cached = readEnv(process.env);
    // next-auth reads these two by itself, and only from process.env.
    if (cached.webUrl) process.env["NEXTAUTH_URL"] ??= cached.webUrl;
    else process.env["AUTH_TRUST_HOST"] ??= "1";
  }
  return cached;
}
