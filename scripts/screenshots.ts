/**
 * `npm run screenshots`: pictures of the running demo desk for the README,
 * into docs/screenshots. Takes the web's address as its only argument.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "./browser.ts";

const outDir = fileURLToPath(new URL("../docs/screenshots", import.meta.url));
const base = process.argv[2] ?? "http://127.0.0.1:3000";
const PASSWORD = "lung-iris-demo";

interface Shot {
  name: string;
  /** Demo login before the at sign. */
  user: string;
  path: string;
  theme?: "dark" | "light";
  /** What to do before the picture is taken. */
  prepare?: (page: Page) => Promise<void>;
}

/** Opens the first case whose film is painted, and claims it by an opinion. */
async function readFirstCase(page: Page): Promise<void> {
  // Not the link to a case that is being read, above the list.
  const rows = page.getByRole("row");
  await rows.locator('a[href*="/cases/"]').first().click();
  await page.waitForURL(/\/cases\//);
  await page.locator("[data-painted]").first().waitFor();
  await page.keyboard.press("2");
  await page.getByText("claimed by you").waitFor();
  await page.keyboard.press("r");
  await page.getByTestId("ai-result").waitFor();
}

/** Presses a toggle of the film unless it is on, and waits until it is. */
async function switchOn(page: Page, name: RegExp): Promise<void> {
  const toggle = page.getByRole("button", { name });
  const isOn = page.getByRole("button", { name, pressed: true });
  await toggle.waitFor();
  // Not every positive film has a box.
  if (await toggle.isDisabled()) return;
  // A key that is held long on a busy machine only peeks; a click does not.
  if ((await isOn.count()) === 0) await toggle.click();
  await isOn.waitFor();
}

const SHOTS: Shot[] = [
  { name: "worklist", user: "radiologist", path: "/worklist" },
  { name: "worklist-light", user: "staff", path: "/worklist", theme: "light" },
  {
    name: "case",
    user: "radiologist2",
    path: "/worklist?state=waiting&finding=ai-positive",
    prepare: async (page) => {
      await readFirstCase(page);
      await switchOn(page, /Activation map/);
      await page.getByTestId("activation-map").waitFor();
      await page.getByTestId("map-legend").waitFor();
      await switchOn(page, /Boxes of the AI/);
    },
  },
  { name: "upload", user: "staff", path: "/upload" },
  { name: "audit", user: "auditor", path: "/audit" },
  { name: "export", user: "admin", path: "/export" },
  { name: "models", user: "admin", path: "/models" },
  { name: "users", user: "admin", path: "/users" },
];

async function take(browser: Browser, shot: Shot): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: shot.theme ?? "dark",
  });
  const page = await context.newPage();
  // Mantine's own storage key; a string, since this file has no DOM types.
  if (shot.theme !== undefined)
    await page.addInitScript(
      `localStorage.setItem("mantine-color-scheme-value", "${shot.theme}")`,
    );
  await page.goto(`${base}/sign-in`);
  await page.getByLabel("Email").fill(`${shot.user}@demo.lung-iris`);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.includes("sign-in"));
  await page.goto(base + shot.path);
  await page.waitForTimeout(2_500);
  await shot.prepare?.(page);
  await page.screenshot({ path: join(outDir, `${shot.name}.png`) });
  await context.close();
  process.stdout.write(`docs/screenshots/${shot.name}.png\n`);
}

await mkdir(outDir, { recursive: true });
const browser = await launchBrowser();
try {
  for (const shot of SHOTS) await take(browser, shot);
} finally {
  await browser.close();
}
