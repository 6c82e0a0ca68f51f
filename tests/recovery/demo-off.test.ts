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
}, 60_000);
afterAll(async () => {
  await desk.stop();
  await rm(folder, { recursive: true, force: true });
}, 120_000);

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

describe("a desk that was started as a demo, and then without it", () => {
  it("lets 4 of 4 published accounts in before, and 0 of 4 after, by API and web; their sessions are dead", async () => {
    await start("1");
    expect(DEMO_USERS).toHaveLength(4);
    const tokens: string[] = [];
    for (const { email } of DEMO_USERS) {
      tokens.push((await signIn(email)).data(signedIn).signIn.token);
      if (HAS_WEB)
        expect(await mayEnterByWeb(web, email, DEMO_PASSWORD)).toBe(true);
    }
    for (const token of tokens) expect(await isSession(token)).toBe(true);
    await desk.stop();

    await start("0");
    for (const { email } of DEMO_USERS) {
      (await signIn(email)).refusedWith("INVALID_CREDENTIALS");
      if (HAS_WEB)
        expect(await mayEnterByWeb(web, email, DEMO_PASSWORD)).toBe(false);
    }
    for (const token of tokens) expect(await isSession(token)).toBe(false);
  }, 900_000);
});
