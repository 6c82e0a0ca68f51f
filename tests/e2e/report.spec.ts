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

/** What was typed lies on the server. */
const kept = (page: Page) => page.getByText(/^Draft kept/);

test("a reader signs with a report, adds to it, amends it and takes it out", async ({
  page,
}) => {
  await signIn(page, "radiologist");
  await openLastWaiting(page);

  await page.keyboard.press("1");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await expect(section(page, "Impression")).toHaveValue("Normal chest film.");
  await expect(section(page, "Technique")).toHaveValue(/^Chest radiograph/);

  // What is typed stays typed, through a reload and another choice.
  await section(page, "Technique").fill("Bedside film, supine.");
  await expect(kept(page)).toBeVisible();
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
  await section(page, "Findings").fill("Clear lungs. Old rib fracture.");
  await expect(kept(page)).toBeVisible();
  const { violations } = await new AxeBuilder({ page })
    .include("aside")
    .analyze();
  expect(violations).toEqual([]);

  await signWhatIsSaid(page);
  await expect(page.getByText("Report signed")).toBeVisible();
  const report = page.getByRole("region", { name: "Report" });
  await expect(report).toContainText("Clear lungs. Old rib fracture.");

  await report.getByRole("button", { name: "Addendum…" }).click();
  await page
    .getByRole("textbox", { name: "Addendum" })
    .fill("Told the ward at nine.");
  await page.getByRole("button", { name: "Sign addendum" }).click();
  await expect(report).toContainText("Told the ward at nine.");

  await page.getByRole("button", { name: "Amend…" }).click();
  await section(page, "Findings").fill("Clear lungs. Fresh rib fracture.");
  await page.getByRole("button", { name: "Sign amendment…" }).click();
  await page
    .getByRole("textbox", { name: "Why is the report amended?" })
    .fill("Second look");
  await page.getByRole("button", { name: "Sign amendment" }).last().click();
  await expect(report).toContainText("Fresh rib fracture.");
  // The addendum stays, and the change can be seen word by word.
  await expect(report).toContainText("Told the ward at nine.");
  await report.getByText("Show what changed since version 2").click();
  await expect(report.locator("del")).toHaveText("Old");
  await expect(report.locator("ins")).toHaveText("Fresh");

  const href = await report
    .getByRole("link", { name: "PDF" })
    .getAttribute("href");
  const file = await page.request.get(`${address()}${href ?? ""}`);
  expect(file.headers()["content-type"]).toBe("application/pdf");
  expect((await file.body()).subarray(0, 5).toString()).toBe("%PDF-");
});

/** Whatever the AI says of the case: with the reader, or over it. */
async function signWhatIsSaid(page: Page): Promise<void> {
  const sign = page.getByRole("button", { name: "Sign report" });
  const reveal = page.getByRole("button", { name: "Reveal the AI" });
  if (await reveal.isVisible()) {
    await reveal.click();
    await expect(page.getByTestId("ai-result")).toBeVisible();
    const keep = page.getByRole("button", { name: /^Keep mine/ });
    if (await keep.isVisible()) {
      await keep.click();
      await page.getByRole("combobox", { name: "Reason" }).click();
      await page.getByRole("option", { name: /False alarm/ }).click();
    } else {
      await page.getByRole("button", { name: /^Confirm/ }).click();
    }
  }
  await sign.click();
  const dialog = page.getByRole("dialog");
  const isChest = dialog.getByRole("checkbox");
  if (await isChest.isVisible()) await isChest.check();
  await dialog.getByRole("button", { name: /^Sign report/ }).click();
}
