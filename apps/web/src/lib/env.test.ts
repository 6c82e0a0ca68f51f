import { describe, expect, it } from "vitest";
import { readEnv } from "./env.ts";

const SECRET = "0123456789abcdef0123456789abcdef";

describe("the web server's environment", () => {
  it("needs nothing but the secret", () => {
    const env = readEnv({ LUNG_IRIS_SECRET: SECRET });
    expect(env.apiUrl).toBe("http://127.0.0.1:4000");
    expect(env.oidc).toBeNull();
    expect(env.webUrl).toBeNull();
  });

  it("never uses the secret itself as the cookie key", () => {
    const env = readEnv({ LUNG_IRIS_SECRET: SECRET });
    expect(env.sessionSecret).not.toContain(SECRET);
    expect(env.sessionSecret.length).toBeGreaterThanOrEqual(43);
  });

  it("refuses to start without a secret and names it", () => {
    expect(() => readEnv({})).toThrow(/LUNG_IRIS_SECRET/);
  });

  it("takes the API port for the default address", () => {
    const env = readEnv({
      LUNG_IRIS_SECRET: SECRET,
      LUNG_IRIS_API_PORT: "4310",
      LUNG_IRIS_API_URL: "",
    });
    expect(env.apiUrl).toBe("http://127.0.0.1:4310");
  });

  it("refuses half an identity provider", () => {
    expect(() =>
      readEnv({
        LUNG_IRIS_SECRET: SECRET,
        LUNG_IRIS_OIDC_ISSUER: "https://id.example.org",
      }),
    ).toThrow(/all three or none/);
  });
});
