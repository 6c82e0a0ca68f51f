import { inflateSync } from "node:zlib";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { address, hasBrowser, signIn } from "./desk.ts";
import { openUnread } from "./unread-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** Counts the keys that are pressed from here on. */
function counting(page: Page) {
  let count = 0;
  return {
    press: async (key: string) => {
      count += 1;
      await page.keyboard.press(key);
    },
    count: () => count,
  };
}

/** A look by axe at the page as it stands. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
}

test("a critical result goes from the reader's mark to what staff read back, by keyboard", async ({
  page,
  browser,
}) => {
  const name = await openUnread(page, "radiologist");
  await page.keyboard.press("2");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByTestId("ai-result")).toBeVisible();
  await page.keyboard.press("s");
  const signing = page.getByRole("dialog");
  await expect(signing).toContainText(name);

  // Marked with the signature: nothing is signed before it says why.
  await page.keyboard.press("!");
  await expect(
    signing.getByRole("button", { name: /^Sign report/ }),
  ).toBeDisabled();
  await signing
    .getByRole("textbox", { name: "Reason" })
    .fill("Tension, left side");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Report signed")).toBeVisible();
  await expect(page.getByText("1 critical result open")).toBeVisible();

  // The reader tells a user of the desk, who has another page open.
  const context = await browser.newContext();
  const staff = await context.newPage();
  await signIn(staff, "staff");
  await page.goto(`${address()}/critical`);
  await expect(page.getByText("Tension, left side")).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("t");
  const telling = page.getByRole("dialog");
  await telling.getByText("in the page", { exact: true }).click();
  await telling.getByRole("combobox", { name: "User of this desk" }).click();
  await page.getByRole("option", { name: "An Tran" }).click();
  await telling.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("told, not read back")).toBeVisible();

  // Told in the page, by the news; read back there, by nobody else.
  await expect(
    staff.getByText("You were told of a critical result: read it back."),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: /^Read back/ })).toHaveCount(0);
  await staff.getByRole("link", { name: "Show" }).click();
  await expect(staff.getByText("Tension, left side")).toBeVisible();
  await expectAccessible(staff);
  await staff.keyboard.press("j");
  await staff.keyboard.press("y");
  const reading = staff.getByRole("dialog");
  await expect(reading).toContainText(name);
  await reading
    .getByRole("textbox", { name: "In words" })
    .fill("Tension on the left");
  await reading.getByRole("button", { name: "Read back" }).focus();
  await staff.keyboard.press("Enter");
  await expect(staff.getByText("Nothing is open")).toBeVisible();
  await staff.getByText("Done", { exact: true }).click();
  await expect(
    staff.getByText(/read back “Tension on the left”/),
  ).toBeVisible();
  await context.close();
});

test("a preliminary report is seen as one, goes out as one, and gives way to the signature", async ({
  page,
  browser,
}) => {
  await openUnread(page, "radiologist");
  await page.keyboard.press("2");
  const impression = page.getByRole("textbox", {
    name: "Impression",
    exact: true,
  });
  await expect(impression).toHaveValue("Pneumonia.");
  await page.keyboard.press("Shift+S");
  await expect(page.getByRole("dialog")).toContainText("Pneumonia.");
  await page.keyboard.press("Enter");
  const section = page.getByRole("region", { name: "Preliminary reports" });
  await expect(section).toContainText("PRELIMINARY: not signed.");
  await expectAccessible(page);

  const context = await browser.newContext();
  const staff = await context.newPage();
  await signIn(staff, "staff");
  await staff.goto(page.url());
  await expect(
    staff.getByRole("region", { name: "Preliminary reports" }),
  ).toContainText("PRELIMINARY: not signed.");
  const href = await staff
    .getByRole("link", { name: "PDF" })
    .getAttribute("href");
  const file = await staff.request.get(`${address()}${href ?? ""}`);
  expect(file.headers()["content-type"]).toBe("application/pdf");
  expect(lettersIn(await file.body())).toEqual(
    expect.arrayContaining(Array.from("PRELIMINARY", codeOf)),
  );
  await staff.goto(`${address()}/worklist`);
  await expect(staff.getByText(/^preliminary, /).first()).toBeVisible();
  await context.close();

  // Signed otherwise: the difference can be seen word by word.
  await impression.fill("Pneumonia of the left lung.");
  await page.keyboard.press("Escape");
  await page.locator("h1").first().click();
  await page.keyboard.press("r");
  await expect(page.getByTestId("ai-result")).toBeVisible();
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog")).toContainText("of the left lung");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Report signed")).toBeVisible();
  await expect(section).toContainText("Replaced by what was signed");
  const report = page.getByRole("region", { name: /^Report/ });
  await report
    .getByRole("switch", { name: "Changes since the preliminary report" })
    .click();
  await expect(report.locator("ins").first()).toBeVisible();
});

test("an own macro is kept on the profile, expanded in a section, and its gaps are walked", async ({
  page,
}) => {
  await signIn(page, "radiologist", "/profile");
  await page.getByRole("button", { name: "New macro…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("nodule");
  await dialog
    .getByRole("textbox", { name: "Findings" })
    .fill("Nodule of [size] mm, [side] lung.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(".nodule", { exact: true })).toBeVisible();

  await openUnread(page);
  await page.keyboard.press("2");
  const findings = page.getByRole("textbox", { name: "Findings", exact: true });
  await expect(findings).toHaveValue("Pneumonia.");
  await findings.fill("");
  await findings.pressSequentially(".nodule");
  await page.keyboard.press("Tab");
  await page.keyboard.type("8");
  await page.keyboard.press("Tab");
  await page.keyboard.type("left");
  await expect(findings).toHaveValue("Nodule of 8 mm, left lung.");
  // With no gap left, Tab goes on.
  await page.keyboard.press("Tab");
  await expect(findings).not.toBeFocused();
  await page.keyboard.press("Escape");
});

test("agreeing in part takes a reason, and no reading takes more keys than it did", async ({
  page,
}) => {
  await openUnread(page, "radiologist");
  const partly = counting(page);
  await partly.press("2");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await partly.press("r");
  await expect(page.getByTestId("ai-result")).toBeVisible();
  await partly.press("h");
  await expect(
    page.getByRole("combobox", { name: "What does not hold" }),
  ).toBeFocused();
  await partly.press("Enter");
  await partly.press("ArrowDown");
  await partly.press("Enter");
  await page.locator("h1").first().click();
  await partly.press("s");
  await expect(page.getByRole("dialog")).toContainText(
    "Agrees with the AI in part",
  );
  await partly.press("Enter");
  await expect(page.getByText("Report signed")).toBeVisible();
  expect(partly.count()).toBeLessThanOrEqual(14);
  await page.reload();
  await expect(page.getByText("Agrees with the AI in part")).toBeVisible();

  // From the list: open, opinion, reveal, sign, Enter.
  await openUnread(page);
  const plain = counting(page);
  await plain.press("2");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await plain.press("r");
  await expect(page.getByTestId("ai-result")).toBeVisible();
  await plain.press("s");
  await expect(page.getByRole("dialog")).toBeVisible();
  await plain.press("Enter");
  await expect(page.getByText("Report signed")).toBeVisible();
  expect(1 + plain.count()).toBeLessThanOrEqual(5);
});

/** Code points that the file's tables lead glyphs back to (PDF 9.10.3). */
function lettersIn(file: Buffer): string[] {
  const streams = file
    .toString("latin1")
    .matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g);
  return [...streams].flatMap(([, packed]) => {
    try {
      const text = inflateSync(Buffer.from(packed ?? "", "latin1"));
      return [...text.toString("latin1").matchAll(/<([0-9a-f]{4})>/gi)].map(
        ([, code]) => (code ?? "").toLowerCase(),
      );
    } catch {
      return []; // a font or a picture
    }
  });
}

function codeOf(letter: string): string {
  return letter.charCodeAt(0).toString(16).padStart(4, "0");
}
