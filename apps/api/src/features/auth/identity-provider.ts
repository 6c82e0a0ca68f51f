import { createRemoteJWKSet, jwtVerify } from "jose";
import type { JWTVerifyGetKey } from "jose";
import { z } from "zod";
import { AppError } from "../../errors.ts";
import { emailAddress } from "../../platform/email-address.ts";

/** Verifies ID tokens of the configured OpenID Connect issuer. */
export interface IdentityProvider {
  /** Who it is. Throws IDENTITY_TOKEN_INVALID. */
  verify(idToken: string): Promise<VerifiedPerson>;
}

export interface VerifiedPerson {
  /** The verified email, lower case. */
  email: string;
  /**
   * When the issuer last asked the person for a proof (`auth_time`); the time
   * of the token where the issuer does not say.
   */
  provedAt: Date;
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });
const claims = z.object({
  email: emailAddress,
  email_verified: z.literal(true),
  /** Seconds since 1970 (RFC 7519, NumericDate). */
  iat: z.number(),
  auth_time: z.number().optional(),
});

function refuse(reason: string, cause?: unknown): never {
  throw new AppError("IDENTITY_TOKEN_INVALID", reason, { cause });
}

/**
 * OpenID Connect Core 1.0, 3.1.3.7: signature by the issuer's published
 * keys, issuer, audience and expiry; keys are found through Discovery 1.0
 * and kept by `jose`.
 */
export function createIdentityProvider(options: {
  issuer: string;
  clientId: string;
  fetch?: typeof fetch;
}): IdentityProvider {
  const fetcher = options.fetch ?? fetch;
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const findKeys = async (): Promise<JWTVerifyGetKey> => {
    const base = options.issuer.replace(/\/$/, "");
    const answer = await fetcher(`${base}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(5_000),
    });
    const found = discovery.parse(await answer.json());
    if (found.issuer !== options.issuer)
      throw new Error("the discovery document names another issuer");
    return createRemoteJWKSet(new URL(found.jwks_uri));
  };
  return {
    async verify(idToken) {
      keys ??= findKeys();
      const getKey = await keys.catch((cause: unknown) => {
        keys = undefined; // ask again at the next sign-in
        throw new AppError(
          "UNAVAILABLE",
          "The identity provider does not answer. Try again in a moment.",
          { cause },
        );
      });
      const { payload } = await jwtVerify(idToken, getKey, {
        issuer: options.issuer,
        audience: options.clientId,
        clockTolerance: 30,
        requiredClaims: ["exp", "iat", "sub"],
      }).catch((cause: unknown) =>
        refuse("The identity provider's token does not hold.", cause),
      );
      const parsed = claims.safeParse(payload);
      if (!parsed.success)
        return refuse(
          "The identity provider has not verified an email address.",
        );
      const { email, auth_time: askedAt, iat } = parsed.data;
      return {
        email: email.toLowerCase(),
        provedAt: new Date((askedAt ?? iat) * 1000),
      };
    },
  };
}
