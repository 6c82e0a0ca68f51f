import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SignJWT, exportJWK, generateKeyPair } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createIdentityProvider } from "../../../apps/api/src/features/auth/identity-provider.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asNobody, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const SIGN_IN = `mutation ($idToken: String!) { signInWithIdToken(idToken: $idToken) { token user { id } } }`;
const CLIENT_ID = "lung-iris";

type Claims = Record<string, unknown>;

/** A small OpenID Connect issuer: discovery, keys, and tokens signed by them. */
async function startIssuer() {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const stranger = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "k1", alg: "RS256" };
  const server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify(
        request.url === "/keys"
          ? { keys: [jwk] }
          : { issuer, jwks_uri: `${issuer}/keys` },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // Listening on a port, so the address is never a pipe's name or null.
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${String(port)}`;
  const token = (claims: Claims, key = privateKey): Promise<string> =>
    new SignJWT({ email_verified: true, ...claims })
      .setProtectedHeader({ alg: "RS256", kid: "k1" })
      .setIssuedAt()
      .setSubject("someone")
      .setIssuer(typeof claims["iss"] === "string" ? claims["iss"] : issuer)
      .setAudience(
        typeof claims["aud"] === "string" ? claims["aud"] : CLIENT_ID,
      )
      .setExpirationTime(
        typeof claims["exp"] === "number" ? claims["exp"] : "5m",
      )
      .sign(key);
  return {
    issuer,
    token,
    forged: (claims: Claims) => token(claims, stranger.privateKey),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe("signing in through an identity provider", () => {
  let issuer: Awaited<ReturnType<typeof startIssuer>>;
  let server: TestServer;
  let reader: SignedIn;

  beforeAll(async () => {
    issuer = await startIssuer();
    server = await startTestServer({
      identityProvider: createIdentityProvider({
        issuer: issuer.issuer,
        clientId: CLIENT_ID,
      }),
      // Addresses are told by a proxy that the settings name.
      config: { trustProxy: "loopback" },
    });
    reader = await asRadiologist(server, (await aSite(server)).id);
  });

  afterAll(async () => {
    await server.stop();
    await issuer.stop();
  });

  const signIn = (idToken: string, from = "203.0.113.1") =>
    asNobody(server).execute(SIGN_IN, { idToken }, { "x-forwarded-for": from });

  it("opens a session for the user with the verified address", async () => {
    const email = reader.email.toUpperCase();
    const { result, events } = await recordedBy(server, async () =>
      signIn(await issuer.token({ email })),
    );
    expect(result.anyData()["signInWithIdToken"]).toMatchObject({
      user: { id: reader.userId },
    });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "auth.signed-in",
      actorId: reader.userId,
      details: { method: "id-token" },
    });
  });

  it("refuses an address that nobody has here, and people who left", async () => {
    (
      await signIn(await issuer.token({ email: "nobody@test.example" }))
    ).refusedWith("INVALID_CREDENTIALS");
    const gone = await asRadiologist(server, (await aSite(server)).id);
    await server.database.client.user.update({
      where: { id: gone.userId },
      data: { isActive: false },
    });
    (await signIn(await issuer.token({ email: gone.email }))).refusedWith(
      "INVALID_CREDENTIALS",
    );
  });

  it("refuses a user of the demo where demo mode is off", async () => {
    const demo = await asRadiologist(server, (await aSite(server)).id);
    await server.database.client.user.update({
      where: { id: demo.userId },
      data: { isDemo: true },
    });
    const { result, events } = await recordedBy(server, async () =>
      signIn(await issuer.token({ email: demo.email })),
    );
    result.refusedWith("INVALID_CREDENTIALS");
    expect(events).toMatchObject([
      {
        type: "auth.sign-in-refused",
        details: { method: "id-token", reason: "demo-off" },
      },
    ]);
  });

  it.each([
    ["203.0.113.7", { email: "nobody@test.example" }],
    ["203.0.113.8", { email: "x@test.example", aud: "another-app" }],
  ])(
    "is tried again with one token by nobody without end: %s %o",
    async (from, claims) => {
      const token = await issuer.token(claims);
      const { result, events } = await recordedBy(server, async () => {
        const codes = [];
        for (let n = 0; n < 40; n++)
          codes.push((await signIn(token, from)).code);
        await server.api.composition.refusedAttempts.flush();
        return codes;
      });
      expect(result.indexOf("SIGN_IN_LOCKED")).toBe(30);
      expect(new Set(result.slice(30))).toEqual(new Set(["SIGN_IN_LOCKED"]));
      const refused = events.filter(
        ({ type }) => type !== "auth.sign-in-refused",
      );
      expect(refused).toMatchObject([
        {
          type: "auth.attempts-refused",
          subjectId: "unknown",
          details: { count: 10, reason: "too-many-of-source", sources: [from] },
        },
      ]);
      // Whoever sits elsewhere comes in, and a good token is none of a guesser.
      const good = await issuer.token({ email: reader.email });
      for (let n = 0; n < 35; n++) (await signIn(good)).anyData();
    },
  );

  it("refuses forged, foreign, expired and unverified tokens", async () => {
    const { email } = reader;
    const wrong = [
      await issuer.forged({ email }),
      await issuer.token({ email, aud: "another-app" }),
      await issuer.token({ email, iss: "https://elsewhere.example" }),
      await issuer.token({ email, exp: Math.floor(Date.now() / 1000) - 120 }),
      await issuer.token({ email, email_verified: false }),
      await issuer.token({}),
      "not.a.token",
    ];
    for (const idToken of wrong)
      (await signIn(idToken)).refusedWith("IDENTITY_TOKEN_INVALID");
  });
});
