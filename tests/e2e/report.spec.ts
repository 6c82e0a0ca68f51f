import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** The last of the list: the other journeys take theirs from its beginning. */
async function openLastWaiting(page: Page): Promise<void> {
  await page.goto(`${address()}/worklist?state=waiting`);
  const links = page.getByRole("row").locator('a[href*="/cases/"]');
  await expect(links.first()).toBeVisible();
  await links.last().click();
  await page.waitForURL(/\/cases\//);
  await expect(page.locator("[data-painted]").first()).toBeVisible();
}

const section = (page: Page, name: string) =>
  page.getByRole("textbox", { name, exact: true });

/** Types, and waits until the server has it: a moment later. */
async function write(page: Page, name: string, text: string): Promise<void> {
  const kept = page.waitForResponse((response) => {
    const sent = response.request().postData() ?? "";
    return sent.includes("saveReadingDraft") && sent.includes(text);
  });
  await section(page, name).fill(text);
  await kept;
}

test("a report follows the choices, keeps what was typed and asks before it replaces it", async ({
  page,
}) => {
  await signIn(page, "radiologist");
  await openLastWaiting(page);

  await page.keyboard.press("1");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await expect(section(page, "Impression")).toHaveValue("Normal chest film.");
  await expect(section(page, "Technique")).toHaveValue(/^Chest radiograph/);

  // What is typed stays typed, through a reload and another choice.
  await write(page, "Technique", "Bedside film, supine.");
  await page.reload();
  await expect(section(page, "Technique")).toHaveValue("Bedside film, supine.");
  await page.getByText("Tiếng Việt").click();
  await expect(section(page, "Impression")).toHaveValue(
    "Phim X-quang ngực bình thường.",
  );
  await expect(section(page, "Technique")).toHaveValue("Bedside film, supine.");
  await page.getByText("English", { exact: true }).click();

  // A suggestion asks before it takes the place of what was typed.
  await page.getByRole("button", { name: "Suggest: Technique" }).click();
  await expect(page.getByText("Replace what you typed?")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(section(page, "Technique")).toHaveValue("Bedside film, supine.");
  await write(page, "Findings", "Clear lungs. Old rib fracture.");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
});
