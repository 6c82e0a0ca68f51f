import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { DEMO_PASSWORD } from "../apps/api/src/demo/demo-login.ts";
import type { OwnDesk } from "../scripts/own-desk.ts";

/**
 * Sends films as staff, and waits until the AI has answered them all.
 *
 * @returns the case of each
 */
export async function sendFilms(
  desk: OwnDesk,
  films: readonly { name: string; bytes: Uint8Array }[],
): Promise<string[]> {
  const cases: string[] = [];
  const signedIn = await ask<{ signIn: { token: string } }>(
    desk,
    `mutation { signIn(email: "staff@demo.lung-iris", password: "${DEMO_PASSWORD}") { token } }`,
  );
  const { token } = signedIn.signIn;
  for (const { name, bytes } of films) {
    const form = new FormData();
    form.append("film", new Blob([new Uint8Array(bytes)]), name);
    const response = await fetch(`${desk.api}/upload`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    const text = await response.text();
    const caseId = /"caseId":"([^"]+)"/.exec(text)?.[1];
    if (caseId === undefined) throw new Error(text);
    cases.push(caseId);
  }
  for (;;) {
    const { worklistSummary } = await ask<{
      worklistSummary: { pending: number };
    }>(desk, "{ worklistSummary { pending } }", token);
    if (worklistSummary.pending === 0) return cases;
    await sleep(500);
  }
}

async function ask<T>(
  { api }: OwnDesk,
  query: string,
  token?: string,
): Promise<T> {
  const response = await fetch(`${api}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as {
    data?: T;
    errors?: unknown;
  };
  if (!data) throw new Error(`the desk refused: ${JSON.stringify(errors)}`);
  return data;
}

/** Signs a demo user in, by what stands before the at sign. */
export async function signInOn(
  page: Page,
  { web }: OwnDesk,
  name: string,
): Promise<void> {
  await page.goto(`${web}/sign-in`);
  await page.getByLabel("Email").fill(`${name}@demo.lung-iris`);
  await page.locator('input[type="password"]').fill(DEMO_PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.includes("sign-in"));
}
