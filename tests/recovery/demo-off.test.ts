import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "@lung-iris/local-postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { DEMO_PASSWORD } from "../../apps/api/src/demo/demo-login.ts";
import { DEMO_USERS } from "../../apps/api/src/demo/demo-users.ts";
import { createClient } from "../testkit/client.ts";
import { startDesk } from "../testkit/desk.ts";
import type { RunningDesk } from "../testkit/desk.ts";
import { mayEnterByWeb } from "../testkit/web-sign-in.ts";

const SIGN_IN = `mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }`;
const signedIn = z.object({ signIn: z.object({ token: z.string() }) });
/** `next build` takes minutes: the web takes part where it is built already. */
const HAS_WEB = existsSync(
  new URL("../../apps/web/.next/BUILD_ID", import.meta.url),
);

let folder: string;
let desk: RunningDesk;
let web: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lung-iris-demo-off-"));
}, 180_000);
afterAll(async () => {
  await desk.stop();
  await rm(folder, { recursive: true, force: true });
}, 300_000);

/** `npm start` on the same data folder, with or without demo mode. */
async function start(demo: "0" | "1"): Promise<void> {
  const port = String(await freePort());
  web = `http://127.0.0.1:${port}`;
  desk = await startDesk(folder, {
    LUNG_IRIS_DEMO: demo,
    LUNG_IRIS_WEB_PORT: port,
    LUNG_IRIS_SERVICES: HAS_WEB ? "api,worker,web" : "api,worker",
  });
}

async function signIn(email: string) {
  return createClient(desk.address).execute(SIGN_IN, {
    email,
    password: DEMO_PASSWORD,
  });
}

const isSession = async (token: string): Promise<boolean> =>
  (
    await createClient(desk.address, token).execute(
      "{ viewer { permissions } }",
    )
  ).code === null;

interface Entered {
  byApi: string[];
  byWeb: string[];
}

/** Who of the published accounts gets in, by both ways. */
async function whoEnters(tokens: string[] = []): Promise<Entered> {
  const entered: Entered = { byApi: [], byWeb: [] };
  for (const { email } of DEMO_USERS) {
    const answer = await signIn(email);
    if (answer.code === null) {
      entered.byApi.push(email);
      tokens.push(answer.data(signedIn).signIn.token);
    } else answer.refusedWith("INVALID_CREDENTIALS");
    if (HAS_WEB && (await mayEnterByWeb(web, email, DEMO_PASSWORD)))
      entered.byWeb.push(email);
  }
  return entered;
}

describe("a desk that was started as a demo, and then without it", () => {
  const everybody = DEMO_USERS.map(({ email }) => email);
  let [before, after]: Entered[] = [];
  let alive: { before: number; after: number };

  beforeAll(async () => {
    const tokens: string[] = [];
    const stillIn = async () =>
      (await Promise.all(tokens.map(isSession))).filter(Boolean).length;
    await start("1");
    before = await whoEnters(tokens);
    const aliveBefore = await stillIn();
    await desk.stop();
    await start("0");
    after = await whoEnters();
    alive = { before: aliveBefore, after: await stillIn() };
  }, 900_000);

  it("lets every published account in before and none after, and their sessions are dead", () => {
    expect(everybody.length).toBeGreaterThanOrEqual(4);
    expect(before?.byApi).toEqual(everybody);
    expect(after?.byApi).toEqual([]);
    expect(alive).toEqual({ before: everybody.length, after: 0 });
  });

  it.skipIf(!HAS_WEB)("is the same by the web", () => {
    expect(before?.byWeb).toEqual(everybody);
    expect(after?.byWeb).toEqual([]);
  });
});
