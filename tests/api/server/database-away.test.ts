import { createDatabase } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createServer } from "../../../apps/api/src/server.ts";
import type { ApiServer } from "../../../apps/api/src/server.ts";
import { createLogger } from "../../../apps/api/src/logger.ts";
import { saysDatabaseAway } from "../../../apps/api/src/platform/database-away.ts";
import { createNotificationHub } from "../../../apps/api/src/platform/notification-hub.ts";
import { createClient } from "../../testkit/client.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";

/** Nobody listens on port 1. */
const NOWHERE = "postgresql://secret-user:secret@127.0.0.1:1/lost";
const SIGN_IN = `mutation { signIn(email: "a@b.example", password: "x") { token } }`;

describe("while the database is away", () => {
  let server: TestServer;
  let cutOff: ApiServer;
  let address: string;

  beforeAll(async () => {
    server = await startTestServer();
    const logger = createLogger("silent");
    cutOff = await createServer({
      config: { ...server.config },
      database: createDatabase(NOWHERE),
      clock: server.clock,
      logger,
      objectStore: server.objectStore,
      notifications: createNotificationHub({
        databaseUrl: NOWHERE,
        log: logger,
      }),
      filmReader: { ...NO_READER },
      identityProvider: null,
    });
    const { port } = await cutOff.listen(0, "127.0.0.1");
    address = `http://127.0.0.1:${String(port)}`;
  });

  afterAll(async () => {
    await cutOff.close();
    await server.stop();
  });

  const NO_READER = {
    inspect: () => Promise.reject(new Error("none")),
    header: () => Promise.reject(new Error("none")),
    thumbnail: () => Promise.reject(new Error("none")),
    share: () => Promise.reject(new Error("none")),
    hasText: () => Promise.reject(new Error("none")),
    drawings: () => Promise.reject(new Error("none")),
    pixels: () => Promise.reject(new Error("none")),
    readHeader: () => Promise.reject(new Error("none")),
    leaveOut: () => Promise.reject(new Error("none")),
    close: () => Promise.resolve(),
  };

  it.each([
    ["nobody who signs in", undefined, SIGN_IN],
    ["somebody with a session", "a".repeat(43), "{ viewer { permissions } }"],
  ])("tells %s that it is, and nothing of where", async (_who, token, doc) => {
    const answer = await createClient(address, token).execute(doc);
    const { message } = answer.refusedWith("UNAVAILABLE");
    expect(message).not.toMatch(/127\.0\.0\.1|secret|prisma|ECONN/i);
  });

  it.each(["/images/x/pixels", "/audit/chain", "/datasets/x/download"])(
    "answers 503 for %s, and nothing of where",
    async (path) => {
      const client = createClient(address, "a".repeat(43));
      const response = await client.fetch(path);
      expect(response.status).toBe(503);
      expect(await response.text()).not.toMatch(/127\.0\.0\.1|secret|prisma/i);
    },
  );

  it.each([
    ["53100", "its disk is full", true],
    ["58030", "its disk fails", true],
    ["57P01", "it is being stopped", true],
    ["23505", "there is such a row already", false],
  ])("is said by %s: %s", async (code, _what, isAway) => {
    const { client } = server.database;
    // The codes are ours, and no input of anybody.
    const raise = `DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${code}'; END $$`;
    const error = await client
      .$executeRawUnsafe(raise)
      .catch((it: unknown) => it);
    expect(error).toBeInstanceOf(Error);
    expect(saysDatabaseAway(error)).toBe(isAway);
    const asked = client.$transaction((tx) => tx.$queryRawUnsafe(raise));
    expect(saysDatabaseAway(await asked.catch((it: unknown) => it))).toBe(
      isAway,
    );
  });

  it("is 503 for GraphQL where finding out who asks needs it", async () => {
    const response = await fetch(`${address}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${"a".repeat(43)}`,
      },
      body: JSON.stringify({ query: "{ viewer { permissions } }" }),
    });
    expect(response.status).toBe(503);
  });
});
