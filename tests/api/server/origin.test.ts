import { request } from "node:http";
import WebSocket from "ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  WEB_PROOF_HEADER,
  webProof,
} from "../../../apps/api/src/platform/client-address.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const TICKET = "mutation { createSubscriptionTicket { expiresAt } }";

describe("where a request comes from", () => {
  let server: TestServer;
  let behindProxy: TestServer;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    behindProxy = await startTestServer({
      config: {
        trustProxy: "loopback, 10.0.0.0/8",
        webUrl: "https://desk.example",
        metricsToken: "figures-for-the-monitor",
      },
    });
    admin = await asAdmin(server, (await aSite(server)).id);
  });

  afterAll(async () => {
    await server.stop();
    await behindProxy.stop();
  });

  /** The address in the newest event that the act leaves. */
  async function recordedAddress(
    of: TestServer,
    client: SignedIn,
    headers: Record<string, string>,
  ): Promise<unknown> {
    (await client.execute(TICKET, {}, headers)).anyData();
    const row = await of.database.client.auditEvent.findFirstOrThrow({
      orderBy: { seq: "desc" },
    });
    const content = JSON.parse(row.content) as { origin: { address: string } };
    return content.origin.address;
  }

  it("is not what X-Forwarded-For says, whoever writes it", async () => {
    for (const forwarded of ["203.0.113.7", "203.0.113.7, 198.51.100.2"]) {
      const headers = { "x-forwarded-for": forwarded };
      expect(await recordedAddress(server, admin, headers)).toMatch(
        /127\.0\.0\.1$/,
      );
    }
    const forged = {
      "x-forwarded-for": "203.0.113.7",
      [WEB_PROOF_HEADER]: webProof("another secret of another desk 012345"),
    };
    expect(await recordedAddress(server, admin, forged)).toMatch(
      /127\.0\.0\.1$/,
    );
  });

  it("is what our own web server says of its browser", async () => {
    const headers = {
      "x-forwarded-for": "203.0.113.7",
      [WEB_PROOF_HEADER]: webProof(server.config.secret),
    };
    expect(await recordedAddress(server, admin, headers)).toBe("203.0.113.7");
  });

  it("is what the proxies in the settings saw, and no further", async () => {
    const client = await asAdmin(behindProxy, (await aSite(behindProxy)).id);
    const headers = { "x-forwarded-for": "192.0.2.99, 203.0.113.7, 10.1.1.1" };
    expect(await recordedAddress(behindProxy, client, headers)).toBe(
      "203.0.113.7",
    );
  });

  it("decides who may read the figures", async () => {
    const url = `${server.address}/metrics`;
    expect((await fetch(url)).status).toBe(200);
    const forwarded = { "x-forwarded-for": "203.0.113.7" };
    expect((await fetch(url, { headers: forwarded })).status).toBe(403);
    const withToken = { ...forwarded, authorization: "Bearer " };
    const there = `${behindProxy.address}/metrics`;
    expect((await fetch(there, { headers: withToken })).status).toBe(403);
    withToken.authorization = "Bearer figures-for-the-monitor";
    expect((await fetch(there, { headers: withToken })).status).toBe(200);
  });

  it("decides whether a page may open a socket", async () => {
    expect(await upgrades(server, undefined)).toBe(true);
    expect(await upgrades(server, "http://127.0.0.1:3000")).toBe(true);
    expect(await upgrades(server, "https://evil.example")).toBe(false);
    expect(await upgrades(server, "null")).toBe(false);
    expect(await upgrades(behindProxy, "https://desk.example")).toBe(true);
    expect(await upgrades(behindProxy, "http://127.0.0.1:3000")).toBe(false);
  });

  it("is told to stay on TLS where it came by TLS, and only there", async () => {
    const header = async (of: TestServer, scheme: string) =>
      (
        await fetch(`${of.address}/healthz`, {
          headers: { "x-forwarded-proto": scheme },
        })
      ).headers.get("strict-transport-security");
    expect(await header(behindProxy, "https")).toContain("max-age=");
    expect(await header(behindProxy, "http")).toBeNull();
    expect(await header(server, "https")).toBeNull();
  });

  it("may not be asked back with TRACE", async () => {
    const { port, hostname } = new URL(server.address);
    const status = await new Promise((resolve) => {
      request(
        { port, hostname, method: "TRACE", path: "/graphql" },
        ({ statusCode }) => resolve(statusCode),
      ).end();
    });
    expect(status).toBe(405);
  });
});

/** Whether the server lets a WebSocket be opened from a page of this origin. */
function upgrades(
  { address }: TestServer,
  origin: string | undefined,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = new WebSocket(
      `${address.replace("http", "ws")}/graphql`,
      "graphql-transport-ws",
      origin === undefined ? {} : { headers: { origin } },
    );
    socket.on("open", () => {
      socket.close();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
