import type { Page } from "@playwright/test";

/** The one password of the demo's users, as the sign-in page shows it. */
const PASSWORD = "lung-iris-demo";

/** Whether there is a browser for the journeys; `npm test` looks for one. */
export function hasBrowser(): boolean {
  return process.env["LUNG_IRIS_CHROMIUM"] !== undefined;
}

/** Where start-desk.ts put the web. */
export function address(): string {
  return process.env["LUNG_IRIS_E2E_URL"] ?? "http://127.0.0.1:3000";
}

/** Where it put the API. */
export function apiAddress(): string {
  return process.env["LUNG_IRIS_E2E_API_URL"] ?? "http://127.0.0.1:4000";
}

/** @param name of a demo user, what stands before the at sign */
export async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(`${address()}/sign-in`);
  await page.getByLabel("Email").fill(`${name}@demo.lung-iris`);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.includes("sign-in"));
}
