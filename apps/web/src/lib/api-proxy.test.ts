import { type IncomingMessage, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { encode } from "next-auth/jwt";
import { NextRequest } from "next/server";
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  vi,
} from "vitest";
import { env } from "./env.ts";
import { passToApi } from "./api-proxy.ts";

const SITE = "http://films.example:3000";

interface Seen {
  url: string | undefined;
  headers: IncomingMessage["headers"];
  body: string;
}

let api: Server;
const seen: Seen[] = [];

beforeAll(async () => {
  api = createServer((request, response) => {
    void text(request).then((body) => {
      seen.push({ url: request.url, headers: request.headers, body });
      response.setHeader("X-Film-Width", "8");
      response.setHeader("Set-Cookie", "of=the-api");
      response.setHeader("Content-Type", "text/plain");
      response.end("answer");
    });
  });
  await new Promise<void>((resolve) =>
    api.listen(0, "127.0.0.1", () => resolve()),
  );
  // a TCP server's address is always of this shape
  const { port } = api.address() as AddressInfo;
  vi.stubEnv("LUNG_IRIS_SECRET", "0123456789abcdef0123456789abcdef");
  vi.stubEnv("LUNG_IRIS_API_URL", `http://127.0.0.1:${String(port)}`);
});

afterAll(() => {
  vi.unstubAllEnvs();
  api.close();
});

beforeEach(() => {
  seen.length = 0;
});

async function sessionCookie(): Promise<string> {
  const token = await encode({
    token: { apiToken: "the-bearer" },
    secret: env().sessionSecret,
  });
  return `next-auth.session-token=${token}`;
}

async function ask(
  headers: Record<string, string>,
  method = "POST",
): Promise<Response> {
  const request = new NextRequest(`${SITE}/api/graphql`, {
    method,
    headers: { host: "films.example:3000", ...headers },
    ...(method === "POST" ? { body: "a question" } : {}),
  });
  return passToApi(request, "/graphql", "graphql");
}

describe("the way to the API", () => {
  it("adds the bearer and keeps the cookie to itself", async () => {
    const cookie = await sessionCookie();
    const answer = await ask({ cookie, origin: SITE });
    expect(await answer.text()).toBe("answer");
    expect(seen[0]).toMatchObject({ url: "/graphql", body: "a question" });
    expect(seen[0]?.headers.authorization).toBe("Bearer the-bearer");
    expect(seen[0]?.headers.cookie).toBeUndefined();
  });

  it("asks for plain bytes, whatever the browser could unpack", async () => {
    const cookie = await sessionCookie();
    await ask({ cookie, "accept-encoding": "gzip, br" }, "GET");
    expect(seen[0]?.headers["accept-encoding"]).toBe("identity");
  });

  it("brings back what belongs to a film, and no cookie of the API", async () => {
    const answer = await ask({ cookie: await sessionCookie() }, "GET");
    expect(answer.headers.get("x-film-width")).toBe("8");
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it("refuses a page of another site before the API hears of it", async () => {
    const cookie = await sessionCookie();
    const answer = await ask({ cookie, origin: "http://evil.example" });
    expect(answer.status).toBe(403);
    expect(seen).toEqual([]);
  });

  it("refuses somebody without a session", async () => {
    const answer = await ask({ origin: SITE });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({
      errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
    });
    expect(seen).toEqual([]);
  });

  it("does not take a cookie made with another key", async () => {
    const token = await encode({
      token: { apiToken: "forged" },
      secret: "some other key of the same length..........",
    });
    const cookie = `next-auth.session-token=${token}`;
    const answer = await ask({ cookie, origin: SITE });
    expect(answer.status).toBe(401);
    expect(seen).toEqual([]);
  });
});
