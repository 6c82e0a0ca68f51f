import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

const enough = {
  LUNG_IRIS_SECRET: "0123456789012345678901234567890123456789",
  DATABASE_URL: "postgresql://localhost/lung_iris",
};

describe("readConfig", () => {
  it("needs a secret and a database, and has defaults for the rest", () => {
    expect(readConfig(enough)).toMatchObject({
      host: "127.0.0.1",
      port: 4000,
      isDemo: true,
      oidc: null,
      uploadMaxBytes: 104_857_600,
    });
  });

  it("names every problem at once", () => {
    const wrong = {
      LUNG_IRIS_API_PORT: "ninety",
      LUNG_IRIS_SECRET: "short",
      DATABASE_URL: "mysql://localhost/x",
      LUNG_IRIS_ENGINE: "abacus",
    };
    expect(() => readConfig(wrong)).toThrow(ConfigError);
    for (const name of Object.keys(wrong))
      expect(() => readConfig(wrong)).toThrow(name);
  });

  it("switches the demo off wherever others can reach the desk, unless told", () => {
    const open = { ...enough, LUNG_IRIS_HOST: "0.0.0.0" };
    expect(readConfig(open).isDemo).toBe(false);
    expect(readConfig({ ...open, LUNG_IRIS_DEMO: "1" }).isDemo).toBe(true);
    expect(readConfig({ ...enough, LUNG_IRIS_DEMO: "0" }).isDemo).toBe(false);
  });

  it("takes an empty value for none, and an issuer only with its client", () => {
    expect(
      readConfig({ ...enough, LUNG_IRIS_OIDC_ISSUER: "" }).oidc,
    ).toBeNull();
    expect(() =>
      readConfig({ ...enough, LUNG_IRIS_OIDC_ISSUER: "https://id.example" }),
    ).toThrow("both or neither");
  });
});
