import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { address, hasBrowser, signIn } from "./desk.ts";
import { lastWaiting } from "./waiting-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** The last of the list: the other journeys take theirs from its beginning. */
async function openLastWaiting(page: Page): Promise<void> {
  await signIn(page, "radiologist", `/cases/${await lastWaiting()}`);
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
  await expect(page.getByText("Replace what you typed?")).toBeHidden();
  await expect(section(page, "Technique")).toHaveValue("Bedside film, supine.");
  await write(page, "Findings", "Clear lungs. Old rib fracture.");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);

  // Typed and gone in the same moment, it is on the server all the same.
  await section(page, "Findings").fill("A last word.");
  await page.reload();
  await expect(section(page, "Findings")).toHaveValue("A last word.");
});

test("a signed report takes an addendum and an amendment, shows what changed, and goes out as a PDF", async ({
  page,
}) => {
  await openLastWaiting(page);
  await page.keyboard.press("2");
  await expect(section(page, "Impression")).toHaveValue("Pneumonia.");
  await write(page, "Findings", "Right lower zone consolidation.");
  await answerAi(page);
  await page.getByRole("button", { name: "Sign report" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Right lower zone consolidation.");
  await dialog.getByRole("button", { name: /^Sign report/ }).click();
  await expect(page.getByText("Report signed")).toBeVisible();

  const report = page.getByRole("region", { name: "Report" });
  await report.getByRole("button", { name: "Addendum…" }).click();
  await page
    .getByRole("textbox", { name: "Addendum" })
    .fill("Told the ward at nine.");
  await page.getByRole("button", { name: "Sign addendum" }).click();
  await expect(report).toContainText("Told the ward at nine.");

  await page.getByRole("button", { name: "Amend…" }).click();
  await section(page, "Findings").fill("Left lower zone consolidation.");
  await page.getByRole("button", { name: "Sign amendment…" }).click();
  const changes = page.getByRole("dialog");
  await expect(changes.locator("del")).toHaveText("Right");
  await expect(changes.locator("ins")).toHaveText("Left");
  await page
    .getByRole("textbox", { name: /Why is the report amended/ })
    .fill("Side mixed up");
  await page.getByRole("button", { name: "Sign amendment" }).last().click();
  // The addendum stays, and the change can be seen word by word.
  await expect(report).toContainText("Left lower zone consolidation.");
  await expect(report).toContainText("Told the ward at nine.");
  await report
    .getByRole("switch", { name: "Show what changed since version 2" })
    .click();
  await expect(report.locator("del")).toHaveText("Right");
  await expect(report.locator("ins")).toHaveText("Left");

  const href = await report
    .getByRole("link", { name: "PDF" })
    .getAttribute("href");
  const file = await page.request.get(`${address()}${href ?? ""}`);
  expect(file.headers()["content-type"]).toBe("application/pdf");
  expect((await file.body()).subarray(0, 5).toString()).toBe("%PDF-");
});

/** Where the AI says otherwise, the own opinion stands, with its reason. */
async function answerAi(page: Page): Promise<void> {
  const reveal = page.getByRole("button", { name: /^Reveal the AI/ });
  // The gate let no answer come of this film.
  if (!(await reveal.isVisible())) return;
  await reveal.click();
  await expect(page.getByTestId("ai-result")).toBeVisible();
  const keep = page.getByRole("button", { name: /^Keep mine/ });
  if (!(await keep.isVisible())) return;
  await keep.click();
  await page.getByRole("combobox", { name: "Reason" }).click();
  await page.getByRole("option", { name: /Missed/ }).click();
}
