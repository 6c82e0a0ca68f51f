import { expect, test, type Page } from "@playwright/test";
import { aNewAdmin } from "./desk-api.ts";
import { address, hasBrowser, signIn, signInAs } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

const SECOND = {
  email: "another-admin@demo.lung-iris",
  password: "slate heron 7 willow",
};

/** Threshold of the page's heading, in per cent. */
async function shownThreshold(page: Page): Promise<number> {
  const heading = page.getByRole("heading", {
    name: /Pneumonia counts as positive from/,
  });
  const text = await heading.textContent();
  return Number(/([\d.]+)\s*%/.exec(text ?? "")?.[1]);
}

test("two admins change a threshold: one tries and proposes it by keyboard, the other approves", async ({
  page,
}) => {
  await aNewAdmin(SECOND.email, "Second Admin", SECOND.password);
  await signIn(page, "admin", "/policies");
  await page
    .getByLabel("A threshold is changed by")
    .selectOption({ label: "two people" });
  await page.getByLabel("Reason").fill("Nobody changes thresholds alone");
  await page.getByRole("button", { name: "Save as a new version" }).click();
  await expect(page.getByText(/Version \d+ is in force/)).toBeVisible();

  await page.getByRole("link", { name: "Try thresholds" }).press("Enter");
  await expect(page).toHaveURL(/\/thresholds$/);
  await expect(page.getByText(/Nothing is suggested below 50/)).toBeVisible();
  const slider = page.getByRole("slider", { name: "Positive from" });
  const before = await shownThreshold(page);
  await slider.press("ArrowRight");
  const tried = await shownThreshold(page);
  expect(tried).toBeGreaterThan(before);
  const change = page.getByRole("region", { name: "Your change" });
  await expect(
    change.getByText(/open cases? of \d+ would move|No open case of \d+/),
  ).toBeVisible();
  await expect(change.getByRole("button", { name: "Save…" })).toHaveCount(0);

  await change.getByRole("button", { name: "Propose…" }).press("Enter");
  await page.keyboard.type("Fewer false alarms");
  await page
    .getByRole("button", { name: "Propose", exact: true })
    .press("Enter");
  const proposals = page.getByRole("region", { name: "Proposals" });
  await expect(proposals.getByText("Waits for another person")).toBeVisible();
  await expect(proposals.getByRole("button", { name: "Approve" })).toHaveCount(
    0,
  );
  expect(await shownThreshold(page)).toBe(before);

  await page.context().clearCookies();
  await signInAs(page, SECOND.email, SECOND.password);
  await page.goto(`${address()}/thresholds`);
  await proposals.getByRole("button", { name: "Approve" }).press("Enter");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: "Approve" })
    .press("Enter");
  await expect(proposals.getByText(/Approved by Second Admin/)).toBeVisible();
  await expect.poll(() => shownThreshold(page)).toBe(tried);
});

test("a radiologist does not see the desk", async ({ page }) => {
  await signIn(page, "radiologist", "/thresholds");
  await expect(page.getByRole("slider")).toHaveCount(0);
  await expect(page.getByRole("heading").first()).toBeVisible();
});
