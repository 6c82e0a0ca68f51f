import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

describe("start settings", () => {
  it("default to loopback, demo mode and the documented ports", () => {
    expect(readConfig({})).toMatchObject({
      web: { port: 3000, host: "127.0.0.1" },
      api: { port: 4000, host: "127.0.0.1" },
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

  it("take every address of the machine itself for loopback", () => {
    for (const host of ["127.0.0.1", "127.0.1.1", "localhost", "::1"])
      expect(readConfig({ LUNG_IRIS_HOST: host }).demo).toBe(true);
  });

  it.each([
    ["LUNG_IRIS_WEB_PORT", "0"],
    ["LUNG_IRIS_API_PORT", "3000.5"],
    ["LUNG_IRIS_DB_PORT", "65536"],
    ["LUNG_IRIS_DEMO", "yes"],
    ["LUNG_IRIS_SECRET", "short"],
    ["LUNG_IRIS_DATA", "  "],
    ["DATABASE_URL", "mysql://127.0.0.1/lung_iris"],
    ["DATABASE_URL", "127.0.0.1"],
  ])("refuse %s=%s by its name", (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(`${name} `);
  });

  it("never repeat a password or a secret", () => {
    const wrong = {
      DATABASE_URL: "mysql://iris:hunter2hunter2@db/lung_iris",
      LUNG_IRIS_SECRET: "hunter2hunter2",
    };
    expect(() => readConfig(wrong)).toThrow(/DATABASE_URL/);
    expect(() => readConfig(wrong)).not.toThrow(/hunter2/);
  });

  it.each([
    { LUNG_IRIS_WEB_PORT: "4000" },
    { LUNG_IRIS_DB_PORT: "3000" },
    { LUNG_IRIS_API_PORT: "5000", LUNG_IRIS_DB_PORT: "5000" },
  ])("refuse one port for two services: %o", (ports) => {
    expect(() => readConfig(ports)).toThrow(/differ/);
  });

  it("run everything here unless some services are named", () => {
    const DATABASE_URL = "postgresql://db/lung_iris";
    const only = { LUNG_IRIS_SERVICES: "api, worker", DATABASE_URL };
    expect([...readConfig({}).services]).toEqual([
      "api",
      "worker",
      "trainer",
      "web",
    ]);
    expect([...readConfig(only).services]).toEqual(["api", "worker"]);
  });

  it.each([
    [
      { LUNG_IRIS_SERVICES: "gateway" },
      /must be any of api, worker, trainer, web/,
    ],
    [{ LUNG_IRIS_SERVICES: "worker" }, /needs DATABASE_URL/],
    [
      {
        LUNG_IRIS_SERVICES: "web",
        DATABASE_URL: "postgresql://db/lung_iris",
      },
      /needs LUNG_IRIS_API_URL/,
    ],
  ])("refuse services that cannot run so: %o", (values, reason) => {
    expect(() => readConfig(values)).toThrow(reason);
  });

  it("keep a secret that was given", () => {
    const secret = "a secret that another desk shares";
    expect(readConfig({ LUNG_IRIS_SECRET: secret }).secret).toBe(secret);
    expect(readConfig({}).secret).toBeUndefined();
  });

  it("read an empty variable as not set", () => {
    expect(
      readConfig({ LUNG_IRIS_DB_PORT: "", DATABASE_URL: "" }),
    ).toMatchObject({ databasePort: undefined, databaseUrl: undefined });
  });
});
