import { describe, expect, it } from "vitest";
import { assertServiceSettings } from "./check-settings.ts";
import { readConfig } from "./config.ts";

const check = (values: Record<string, string>) =>
  assertServiceSettings(values, readConfig(values));

describe("settings of the services", () => {
  it("need nothing to be set", () => {
    expect(() => check({})).not.toThrow();
  });

  it.each([
    ["LUNG_IRIS_ENGINE", "gpu"],
    ["LUNG_IRIS_WORKERS", "many"],
    ["LUNG_IRIS_LOG_LEVEL", "loud"],
    ["LUNG_IRIS_DB_POOL", "0"],
    ["LUNG_IRIS_OBJECT_STORE", "ftp://films"],
    ["LUNG_IRIS_UPLOAD_MAX_MB", "-1"],
    ["LUNG_IRIS_OIDC_ISSUER", "login"],
    ["LUNG_IRIS_OIDC_CLIENT_ID", "iris"],
    ["LUNG_IRIS_TRUST_PROXY", "300.1.1.1"],
    ["LUNG_IRIS_API_URL", "localhost"],
    ["LUNG_IRIS_WEB_URL", "iris"],
    ["LUNG_IRIS_API_PUBLIC_URL", "iris"],
  ])("are refused by name before anything starts: %s=%s", (name, value) => {
    expect(() => check({ [name]: value })).toThrow(name);
  });

  it("are told in one line each, also where both services read them", () => {
    const wrong = {
      LUNG_IRIS_OIDC_ISSUER: "login",
      LUNG_IRIS_API_URL: "iris",
      LUNG_IRIS_WORKERS: "0",
    };
    const lines = (message: string) => message.split("\n").slice(1);
    try {
      check(wrong);
      expect.unreachable();
    } catch (error) {
      const named = lines(String(error)).map(
        (line) => /^ {2}(\w+): \S/.exec(line)?.[1],
      );
      expect(named.toSorted()).toEqual(Object.keys(wrong).toSorted());
    }
  });
});
