import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

describe("start settings", () => {
  it("default to loopback, demo mode and the documented ports", () => {
    expect(readConfig({})).toMatchObject({
      webPort: 3000,
      apiPort: 4000,
      databasePort: undefined,
      host: "127.0.0.1",
      demo: true,
    });
  });

  it("turn demo mode off where the desk can be reached from outside", () => {
    expect(readConfig({ LUNG_IRIS_HOST: "0.0.0.0" }).demo).toBe(false);
    const asked = { LUNG_IRIS_HOST: "0.0.0.0", LUNG_IRIS_DEMO: "1" };
    expect(readConfig(asked).demo).toBe(true);
  });

  it("name every unusable setting at once", () => {
    const wrong = { LUNG_IRIS_WEB_PORT: "http", LUNG_IRIS_API_PORT: "70000" };
    expect(() => readConfig(wrong)).toThrow(
      /LUNG_IRIS_WEB_PORT[^]*LUNG_IRIS_API_PORT/,
    );
  });

  it("refuse one port for two services", () => {
    expect(() => readConfig({ LUNG_IRIS_WEB_PORT: "4000" })).toThrow(/differ/);
  });

  it("read an empty variable as not set", () => {
    expect(
      readConfig({ LUNG_IRIS_DB_PORT: "", DATABASE_URL: "" }),
    ).toMatchObject({ databasePort: undefined, databaseUrl: undefined });
  });
});
