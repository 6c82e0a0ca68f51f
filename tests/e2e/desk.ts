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

/** Its data folder and the candidate's; null for a desk that was given. */
export function ownFolders(): { data: string; candidate: string } | null {
  const data = process.env["LUNG_IRIS_E2E_DATA"];
  const candidate = process.env["LUNG_IRIS_E2E_CANDIDATE"];
  if (data === undefined || candidate === undefined) return null;
  return { data, candidate };
}

/** Where it put the API. */
export function apiAddress(): string {
  return process.env["LUNG_IRIS_E2E_API_URL"] ?? "http://127.0.0.1:4000";
}

/** @param name of a demo user, what stands before the at sign */
export function signIn(page: Page, name: string): Promise<void> {
  return signInAs(page, `${name}@demo.lung-iris`, PASSWORD);
}

/** The same for a user whom a journey made. */
export async function signInAs(
  page: Page,
  email: string,
  password: string,
): Promise<void> {
  await page.goto(`${address()}/sign-in`);
  await page.getByLabel("Email").fill(email);
  await page.locator('input[type="password"]').fill(password);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.includes("sign-in"));
}
