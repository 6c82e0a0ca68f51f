import { once } from "node:events";
import { request as ask, type IncomingMessage } from "node:http";
import { expect, test } from "@playwright/test";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** As a client asks that writes another host than it asks of. */
async function askedAs(host: string, path: string): Promise<IncomingMessage> {
  const { hostname, port } = new URL(address());
  const sent = ask({ hostname, port, path, headers: { host } });
  sent.end();
  // http's request emits its answer as the one argument.
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  answer.resume();
  return answer;
}

test("no redirect follows the Host header", async () => {
  for (const [path, to] of [
    ["/worklist?view=mine", "/sign-in?next=%2Fworklist%3Fview%3Dmine"],
    ["/api/auth/signout", "/"],
    ["/api/auth/error?error=Callback", "/api/auth/signin?error=Callback"],
    [
      "/api/auth/signin?callbackUrl=https%3A%2F%2Fevil.example%2Fx",
      "/sign-in?callbackUrl=%2F",
    ],
  ] as const) {
    const { headers } = await askedAs("evil.example", path);
    expect(headers.location, path).toBe(to);
  }
});

test("every page says that the AI is away, and no longer once it is back", async ({
  page,
}) => {
  let isAway = true;
  // The answer is put in its place: the desk is every journey's, and its
  // worker stays. When it says so by itself tests/recovery/bad-day.test.ts sees.
  await page.route("**/api/graphql", (route) =>
    route.request().postData()?.includes("query AiState") === true
      ? route.fulfill({ json: { data: { aiState: { isAway } } } })
      : route.fallback(),
  );
  const strip = page.getByRole("status").filter({ hasText: "The AI is away" });
  await signIn(page, "radiologist");
  for (const path of ["/worklist", "/board", "/profile"]) {
    await page.goto(`${address()}${path}`);
    await expect(strip).toBeVisible();
  }
  isAway = false;
  // It asks every quarter of a minute by itself.
  await expect(strip).toBeHidden({ timeout: 40_000 });
});
