import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "graphql-ws";
import type { Client } from "graphql-ws";
import WebSocket from "ws";
import { z } from "zod";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { ticketFor } from "../../testkit/socket.ts";
import { aSite, asAdmin, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const NEWS = `subscription { worklistChanged { kind case { patient { name } } } }`;

interface Listener {
  client: Client;
  /** What came, as text. */
  received: string[];
  /** Settles with the code that the socket was closed with. */
  closed: Promise<number>;
  isOpen: Promise<boolean>;
}

describe("open sockets", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
  });

  afterAll(() => server.stop());

  async function listen(viewer: SignedIn, times = 1): Promise<Listener> {
    const ticket = await ticketFor(viewer);
    const received: string[] = [];
    const client = createClient({
      url: `${server.address.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      connectionParams: { ticket },
    });
    const closed = new Promise<number>((resolve) =>
      client.on("closed", (event) => {
        const { code } = z.looseObject({ code: z.number() }).parse(event);
        resolve(code);
      }),
    );
    const isOpen = Promise.race([
      new Promise<boolean>((resolve) =>
        client.on("connected", () => resolve(true)),
      ),
      closed.then(() => false),
    ]);
    for (let time = 0; time < times; time++) {
      client.subscribe(
        { query: NEWS },
        {
          next: (result) => received.push(JSON.stringify(result)),
          error: (error) => received.push(JSON.stringify(error)),
          complete: () => undefined,
        },
      );
    }
    await isOpen;
    await sleep(200); // the subscriptions stand
    return { client, received, closed, isOpen };
  }

  async function changeOf(name: string): Promise<void> {
    const { case: row } = await aCase(server, siteId).named(name).create();
    const staff = await asRadiologist(server, siteId);
    await staff.execute(
      `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`,
      { id: row.id },
    );
  }

  /** Waits until the listener was told of the name. */
  const told = ({ received }: Listener, name: string, times = 1) =>
    vi.waitFor(
      () =>
        expect(received.filter((text) => text.includes(name))).toHaveLength(
          times,
        ),
      { timeout: 60_000 },
    );

  it("tell names while the session lasts, and none once it is over", async () => {
    const reader = await listen(await asRadiologist(server, siteId));
    const demoted = await asRadiologist(server, siteId);
    const listener = await listen(demoted);
    await changeOf("BEFORE, It");
    await told(listener, "BEFORE, It");
    const demote = `mutation ($id: ID!) { updateUser(input: { userId: $id, role: AUDITOR }) { id } }`;
    (await admin.execute(demote, { id: demoted.userId })).anyData();
    await changeOf("AFTER, It");
    await told(reader, "AFTER, It"); // it was sent to those who may
    expect(await listener.closed).toBe(4403);
    expect(listener.received.join()).not.toContain("AFTER, It");
    await reader.client.dispose();
  });

  it("are looked at before each event, news of the session or none", async () => {
    const late = await asRadiologist(server, siteId);
    const listener = await listen(late);
    // No row changes: the time of the session is over.
    server.clock.forward(13 * 3600);
    const reader = await listen(await asRadiologist(server, siteId));
    await changeOf("LATE, Too");
    await told(reader, "LATE, Too");
    expect(await listener.closed).toBe(4403);
    expect(listener.received.join()).not.toContain("LATE, Too");
    await reader.client.dispose();
  });

  it("of one user have an end", async () => {
    const reader = await asRadiologist(server, siteId);
    const sockets: Listener[] = [];
    for (let made = 0; made < 20; made++) sockets.push(await listen(reader));
    const one = await listen(reader);
    expect(await one.isOpen).toBe(false);
    expect(await one.closed).toBe(4429);
    const other = await listen(await asRadiologist(server, siteId));
    expect(await other.isOpen).toBe(true);
    await other.client.dispose();
    await sockets.pop()?.client.dispose();
    await sleep(100);
    const next = await listen(reader);
    expect(await next.isOpen).toBe(true);
    await next.client.dispose();
    for (const { client } of sockets) await client.dispose();
  });

  it("carry so many subscriptions of one user, and no more", async () => {
    const reader = await asRadiologist(server, siteId);
    const listener = await listen(reader, 45);
    await told(listener, "too many", 5);
    await changeOf("MANY, Of");
    await told(listener, "MANY, Of", 40);
    await listener.client.dispose();
  });
});
