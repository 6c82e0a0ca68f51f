import { appendFile, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { address, hasBrowser, ownFolders, signIn } from "./desk.ts";
import { waitingCases } from "./waiting-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

type AiAnswer = "ai-positive" | "ai-negative";

/** A reader opens a waiting case that the AI has assessed, and waits for its film. */
async function openCase(page: Page, answer: AiAnswer): Promise<void> {
  await signIn(page, "radiologist", await unopenedCase(answer));
  await expect(film(page)).toBeVisible();
}

/**
 * Cases of former tests: what was read of them stays on the server. In a file,
 * as a test that fails begins a new process.
 */
const OPENED = join(ownFolders()?.data ?? tmpdir(), "opened-by-reading");

async function openedBefore(): Promise<Set<string>> {
  const lines = await readFile(OPENED, "utf8").catch(() => "");
  return new Set(lines.split("\n"));
}

/** The path of a case that no test has opened. */
async function unopenedCase(answer: AiAnswer): Promise<string> {
  const aiPositive = answer === "ai-positive";
  const paths = (await waitingCases({ aiPositive })).map(
    (id) => `/cases/${id}`,
  );
  const opened = await openedBefore();
  const path = paths.find((one) => !opened.has(one));
  if (path === undefined) throw new Error(`no ${answer} case is left to open`);
  await appendFile(OPENED, `${path}\n`);
  return path;
}

function film(page: Page) {
  return page.locator("[data-painted]").first();
}

/** Keys of the opinion: what the AI of the case says, or against it. */
const NORMAL = "1";
const PNEUMONIA = "2";

/** The steps up to the signature, all by keyboard. */
async function readByKeyboard(page: Page, opinion = PNEUMONIA): Promise<void> {
  await page.keyboard.press(opinion);
  await expect(page.getByText("claimed by you")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByTestId("ai-result")).toContainText("Pneumonia");
}

test("a radiologist reads blind, reveals, confirms and signs by keyboard", async ({
  page,
}) => {
  await openCase(page, "ai-positive");
  const name = await page.locator("h1").first().innerText();

  // Blind: neither the result nor its overlays are on the page.
  await expect(page.getByTestId("ai-result")).toHaveCount(0);
  await page.keyboard.press("m");
  await expect(page.getByTestId("activation-map")).toHaveCount(0);

  await readByKeyboard(page);
  await expect(page.getByTestId("ai-result")).toContainText(/\d+ %/u);
  await page.getByRole("button", { name: /Activation map/ }).click();
  await expect(page.getByTestId("activation-map")).toBeVisible();
  await expect(page.getByTestId("map-legend")).toBeVisible();

  // The opinion of before agrees, so it confirms by itself.
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog")).toContainText(name);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Report signed")).toBeVisible();
  await expect(page.getByText("The case has left the worklist.")).toBeVisible();

  await page.goto(`${address()}/worklist`);
  await expect(page.locator('a[href*="/cases/"]').first()).toBeVisible();
  await expect(page.getByText(name, { exact: true })).toHaveCount(0);
});

test("an override wants a reason, and marks stay with the review", async ({
  page,
}) => {
  await openCase(page, "ai-negative");
  await page.keyboard.press("2");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await page.keyboard.press("d");
  await drawBox(page);
  await expect(
    page.getByRole("combobox", { name: "Region 1 shows" }),
  ).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByTestId("ai-result")).toBeVisible();
  await page.keyboard.press("o");
  await expect(page.getByText("the reason for overriding")).toBeVisible();
  await page.getByRole("combobox", { name: "Reason" }).click();
  await page.getByRole("option", { name: /Missed/ }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Sign report" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign" }).click();
  await expect(page.getByText("Report signed")).toBeVisible();

  await page.reload();
  await expect(film(page)).toBeVisible();
  await expect(page.getByText("Overrides the AI")).toBeVisible();
  await expect(
    page.locator('svg[data-by="reader"] [data-kind="BOX"]'),
  ).toHaveCount(1);
});

async function drawBox(page: Page): Promise<void> {
  const bounds = await film(page).boundingBox();
  if (!bounds) throw new Error("The film has no place on the screen");
  const x = bounds.x + bounds.width / 2;
  const y = bounds.y + bounds.height / 2;
  await page.mouse.move(x - 60, y - 50);
  await page.mouse.down();
  await page.mouse.move(x, y, { steps: 5 });
  await page.mouse.move(x + 40, y + 60, { steps: 5 });
  await page.mouse.up();
}

test("an override is made by keyboard alone, up to the signature", async ({
  page,
}) => {
  await openCase(page, "ai-negative");
  const address = page.url();
  await readByKeyboard(page);
  await page.keyboard.press("o");
  const reason = page.getByRole("combobox", { name: "Reason" });
  await expect(reason).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  // Esc closes the list and does not leave the case.
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listbox")).toBeHidden();
  expect(page.url()).toBe(address);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(reason).not.toHaveValue("");
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog")).toContainText("Overrides the AI");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(page.getByText(/was given back/)).toBeVisible();
});

/** The zoom that stands below each film on the screen. */
async function zooms(page: Page): Promise<string[]> {
  const texts = await page.getByText(/^C \d+ · W \d+ · \d+ %$/).allInnerTexts();
  return texts.map((text) => text.split(" · ").at(-1) ?? "");
}

test("following the AI against one's own opinion wants a reason", async ({
  page,
}) => {
  await openCase(page, "ai-positive");
  await readByKeyboard(page, NORMAL);
  await expect(
    page.getByRole("button", { name: "Keep mine: Normal" }),
  ).toBeVisible();
  // `s` alone signs nothing: nothing is decided yet.
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("y");
  const change = page.getByRole("button", { name: "Change to: Pneumonia" });
  await expect(change).toHaveAttribute("aria-pressed", "true");
  // The reason has the focus; until it is given, nothing can be signed.
  await expect(
    page.getByRole("button", { name: "Sign report" }),
  ).toBeDisabled();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Decision/ }).click();
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Before the AI");
  await expect(dialog).toContainText("I see it at a second look");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Signed reading, version 1")).toBeVisible();
  await expect(page.getByText("I see it at a second look")).toBeVisible();
});

test("a prior beside the film follows its zoom, and is let go", async ({
  page,
}) => {
  // A demo patient who was here before.
  await signIn(page, "radiologist", "/worklist?q=Phước");
  // His row: above the list stand cases that the reader still holds.
  await page
    .locator("[data-row-link]")
    .filter({ hasText: "Phước" })
    .first()
    .click();
  await expect(film(page)).toBeVisible();
  await page.keyboard.press("p");
  await expect(page.locator("[data-painted]")).toHaveCount(2);
  await film(page).hover();
  // Linked in millimetres: the two need not be of the same percentage.
  const [before, beside] = await zooms(page);
  await page.mouse.wheel(0, -500);
  await expect.poll(async () => (await zooms(page))[0]).not.toBe(before);
  await expect.poll(async () => (await zooms(page))[1]).not.toBe(beside);
  await page.keyboard.press("Shift+P");
  const [linked, left] = await zooms(page);
  await page.mouse.wheel(0, -500);
  await expect.poll(async () => (await zooms(page))[0]).not.toBe(linked);
  expect((await zooms(page))[1]).toBe(left);
});

test("a draft survives a reload and says so", async ({ page }) => {
  await openCase(page, "ai-negative");
  await page.keyboard.press("3");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await page
    .getByRole("textbox", { name: "Comment", exact: true })
    .fill("Old fracture of the sixth rib");
  await expect(page.getByText(/Draft kept/)).toBeVisible();
  await page.reload();
  await expect(
    page.getByRole("textbox", { name: "Comment", exact: true }),
  ).toHaveValue("Old fracture of the sixth rib");
  await expect(page.getByText(/Draft of .* taken up again/)).toBeVisible();
  await expect(page.getByRole("radio", { name: /Other/ })).toBeChecked();
  await page.keyboard.press("Escape");
});

test("a case that changed meanwhile is not signed over, and text is kept", async ({
  page,
  browser,
}) => {
  await openCase(page, "ai-negative");
  await readByKeyboard(page, NORMAL);
  await page
    .getByRole("textbox", { name: "Comment", exact: true })
    .fill("Right lower zone");
  await page.getByRole("button", { name: "Confirm" }).click();

  const other = await browser.newPage();
  await signIn(other, "staff");
  await changeAssignee(other, page.url());
  await other.close();

  await expect(
    page.getByText("The case changed while you were reading"),
  ).toBeVisible();
  await expect(
    page.getByRole("textbox", { name: "Comment", exact: true }),
  ).toHaveValue("Right lower zone");
  await page.getByRole("button", { name: "Sign report" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign" }).click();
  await expect(page.getByText("Report signed")).toHaveCount(0);
  await expect(
    page.getByRole("textbox", { name: "Comment", exact: true }),
  ).toHaveValue("Right lower zone");

  await page.getByRole("button", { name: "I have looked again" }).click();
  await page.getByRole("button", { name: "Sign report" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign" }).click();
  await expect(page.getByText("Report signed")).toBeVisible();
});

/** Gives the case to the first reader there is, through the page's own API. */
async function changeAssignee(page: Page, caseUrl: string): Promise<void> {
  const caseId = new URL(caseUrl).pathname.split("/").at(-1) ?? "";
  const send = async (query: string, variables: object): Promise<unknown> => {
    const answer = await page.request.post(`${address()}/api/graphql`, {
      data: { query, variables },
      headers: { origin: address() },
    });
    expect(answer.ok()).toBe(true);
    return answer.json();
  };
  await send(
    "mutation ($caseId: ID!) { assignCase(caseId: $caseId, userId: null) { id } }",
    { caseId },
  );
}

test("an amendment adds a version and leaves the first as it was", async ({
  page,
}) => {
  await openCase(page, "ai-negative");
  await readByKeyboard(page, NORMAL);
  await page.keyboard.press("y");
  await page.keyboard.press("s");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Signed reading, version 1")).toBeVisible();

  // Esc closes the form; what was written waits.
  await page.getByRole("button", { name: "Amend…" }).click();
  await page
    .getByRole("textbox", { name: "Comment", exact: true })
    .fill("Half a thought");
  await page.getByRole("textbox", { name: "Comment", exact: true }).blur();
  await page.keyboard.press("Escape");
  await expect(
    page.getByText("An amendment of yours is not signed yet"),
  ).toBeVisible();
  await page.getByRole("button", { name: "Go on with the amendment" }).click();
  await expect(
    page.getByRole("textbox", { name: "Comment", exact: true }),
  ).toHaveValue("Half a thought");
  await page.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "Amend…" }).click();
  await page
    .getByRole("textbox", { name: "Comment", exact: true })
    .fill("Seen again with the prior");
  await page.getByRole("button", { name: "Sign amendment…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(
    dialog.getByRole("button", { name: "Sign amendment" }),
  ).toBeDisabled();
  // What takes the place of what, above the reason for it.
  await expect(dialog.locator("del")).toHaveText("None");
  await expect(dialog.locator("ins")).toHaveText("Seen again with the prior");
  await dialog.getByLabel(/Why is the report amended/).fill("Prior came late");
  await dialog.getByRole("button", { name: "Sign amendment" }).click();
  await expect(page.getByText("Signed reading, version 2")).toBeVisible();
  await expect(page.getByText("Prior came late")).toBeVisible();
  await page.getByText(/^Version 1/).click();
  await expect(page.getByText("Earlier versions")).toBeVisible();
});

test("the reading room has no barrier that axe knows, in either theme", async ({
  page,
}) => {
  await openCase(page, "ai-negative");
  await readByKeyboard(page);
  for (const theme of ["dark", "light"]) {
    await page.evaluate(
      `document.documentElement.setAttribute("data-mantine-color-scheme", "${theme}")`,
    );
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`),
      theme,
    ).toEqual([]);
  }
  await page.keyboard.press("u");
});
