import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  openSocket,
  subscriptionCode,
  ticketFor,
} from "../../testkit/socket.ts";
import { aSite, asNobody, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

describe("what a client may ask of the server", () => {
  let server: TestServer;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    reader = await asRadiologist(server, (await aSite(server)).id);
  });

  afterAll(() => server.stop());

  const nested = (levels: number): string =>
    levels === 0 ? "{ id }" : `{ study { case ${nested(levels - 1)} } }`;

  it.each([
    ["depth", `{ case(id: "x") ${nested(7)} }`],
    [
      "aliases",
      `{ ${Array.from({ length: 16 }, (_, n) => `a${String(n)}: viewer { permissions }`).join(" ")} }`,
    ],
    [
      "cost",
      `{ worklist(first: 200) { edges { node { history(first: 200) { edges { node { id } } } } } } }`,
    ],
    [
      "cost",
      `{ worklist(first: 200) { edges { node { ...a } } } }
       fragment a on Case { ...b ...b } fragment b on Case { ...c ...c }
       fragment c on Case { ...d ...d } fragment d on Case { ...e ...e }
       fragment e on Case { ...f ...f } fragment f on Case { ...g ...g }
       fragment g on Case { id version }`,
    ],
    [
      "cost, whatever a skipped field would take off",
      `{ worklist(first: -2147483648) @skip(if: true) { edges { node { id } } }
         more: worklist(first: 200) { edges { node { history(first: 200) { edges { node { id } } } } } } }`,
    ],
    [
      "cost of lists that have no pages",
      `{ worklist(first: 200) { edges { node { priors { case { priors { case { priors { id description } } } } } } } } }`,
    ],
    [
      "directives",
      `{ viewer { permissions ${"@include(if: true) ".repeat(51)} } }`,
    ],
  ])("has a limit on %s", async (_name, document) => {
    const answer = await reader.execute(document);
    answer.refusedWith("GRAPHQL_VALIDATION_FAILED");
  });

  it("counts pages whose size comes in a variable", async () => {
    const document = `query ($a: Int!, $b: Int = 200) {
      worklist(first: $a) { edges { node { history(first: $b) { edges { node { id } } } } } } }`;
    const large = await reader.execute(document, { a: 200 });
    large.refusedWith("GRAPHQL_VALIDATION_FAILED");
    (await reader.execute(document, { a: 5, b: 5 })).anyData();
  });

  it("has a limit on tokens", async () => {
    const answer = await reader.execute(
      `{ viewer { ${"permissions ".repeat(2100)} } }`,
    );
    answer.refusedWith("GRAPHQL_PARSE_FAILED");
  });

  it("answers no introspection and gives no hints outside the demo", async () => {
    const { code } = await reader.execute(`{ __schema { types { name } } }`);
    expect(code).toBe("GRAPHQL_VALIDATION_FAILED");
    const typo = (
      await reader.execute(`{ viewr { permissions } }`)
    ).refusedWith("GRAPHQL_VALIDATION_FAILED");
    expect(typo.message).not.toContain("Did you mean");
  });

  it("takes no batches and no bodies past its limit", async () => {
    const batch = await reader.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([{ query: "{ viewer { permissions } }" }]),
    });
    expect(batch.status).toBe(400);
    const large = await reader.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ a }", x: "x".repeat(600_000) }),
    });
    expect(large.status).toBe(413);
    expect(await large.json()).toMatchObject({ error: { code: "TOO_LARGE" } });
  });

  it.each(["{ viewer { permissions } }", "{ nothing }"])(
    "lets nobody keep the answer to %s",
    async (query) => {
      const response = await reader.fetch("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
      });
      expect(response.headers.get("cache-control")).toContain("no-store");
    },
  );

  it("opens a socket for a ticket once, and for nothing else", async () => {
    const closeCode = (ticket: string | null): Promise<unknown> =>
      new Promise((resolve) => {
        const client = openSocket(server, ticket);
        client.on("connected", () => {
          resolve("connected");
          void client.dispose();
        });
        client.on("closed", (event) => {
          resolve(
            typeof event === "object" && event !== null && "code" in event
              ? event.code
              : event,
          );
        });
        client.subscribe(
          { query: "subscription { worklistChanged { kind } }" },
          {
            next: () => undefined,
            error: () => undefined,
            complete: () => undefined,
          },
        );
      });
    const ticket = await ticketFor(reader);
    expect(await closeCode(ticket)).toBe("connected");
    expect(await closeCode(ticket)).toBe(4403);
    expect(await closeCode(null)).toBe(4403);
    const late = await ticketFor(reader);
    server.clock.forward(61);
    expect(await closeCode(late)).toBe(4403);
  });

  it("takes subscriptions over a socket and nothing else", async () => {
    const over = (document: string) =>
      subscriptionCode(server, reader, document, 500);
    expect(await over("{ viewer { permissions } }")).toBe("BAD_USER_INPUT");
    expect(await over("mutation { signOut }")).toBe("BAD_USER_INPUT");
    (await reader.execute("{ viewer { permissions } }")).anyData();
  });

  it("says how it is without a session, and nothing of patients", async () => {
    const ready = await fetch(`${server.address}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      status: "ready",
      checks: { database: true, migrations: true, objectStore: true },
      // The AI is no condition of readiness.
      detail: { ai: { state: "away", workers: 0, workerAgeSeconds: null } },
    });
    const metrics = await (await fetch(`${server.address}/metrics`)).text();
    expect(metrics).toContain("lung_iris_graphql_operation_seconds_count");
    expect(metrics).toContain('code="GRAPHQL_VALIDATION_FAILED"');
    const health = await fetch(`${server.address}/healthz`);
    expect(await health.json()).toMatchObject({ status: "ok" });
    expect((await asNobody(server).fetch("/nothing")).status).toBe(404);
  });
});
