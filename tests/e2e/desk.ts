import type { BrowserContext, Page } from "@playwright/test";

/** The one password of the demo's users, as the sign-in page shows it. */
export const PASSWORD = "lung-iris-demo";

/** Whether there is a browser for the journeys; `npm test` looks for one. */
export function hasBrowser(): boolean {
  return process.env["LUNG_IRIS_CHROMIUM"] !== undefined;
}

/** Whether journeys of half an hour are asked for, too. */
export function wantsLongJourneys(): boolean {
  return process.env["LUNG_IRIS_LONG_JOURNEYS"] === "1";
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

/** A session that a journey before this one began. */
interface KeptSession {
  cookies: Awaited<ReturnType<BrowserContext["cookies"]>>;
  since: number;
}

/** By address; a journey that signs out ends the session of the next too. */
const kept = new Map<string, KeptSession>();

/** Sooner than the desk asks for the password again at a signature. */
const KEPT_MS = 5 * 60_000;

/**
 * Signs a demo user in, or goes on with the session of a journey before: most
 * are not about signing in, and a password takes its time on purpose.
 *
 * @param name of a demo user, what stands before the at sign
 * @param path of the page that is opened; the user's own first one where absent
 * @param language of the pages; that of the session where absent
 */
export async function signIn(
  page: Page,
  name: string,
  path = "/",
  language?: string,
): Promise<void> {
  const email = `${name}@demo.lung-iris`;
  const session = kept.get(email);
  if (session !== undefined && Date.now() - session.since < KEPT_MS) {
    await page.context().addCookies(session.cookies);
    // After the session, which brings the language of its own pages.
    if (language !== undefined) await chooseLanguage(page, language);
    await page.goto(address() + path);
    if (!page.url().includes("/sign-in")) return;
  }
  await signInAs(page, email, PASSWORD);
  const cookies = await page.context().cookies();
  kept.set(email, { cookies, since: Date.now() });
  if (language !== undefined) await chooseLanguage(page, language);
  if (path !== "/" || language !== undefined) await page.goto(address() + path);
}

/** Chooses the language of the pages that are opened from now on. */
export async function chooseLanguage(
  page: Page,
  language: string,
): Promise<void> {
  await page
    .context()
    .addCookies([
      { name: "lung-iris-locale", value: language, url: address() },
    ]);
}

/** Signs in on the page, as a user whom a journey made does. */
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
