import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { caller } from "./desk-api.ts";
import { hasBrowser, signIn } from "./desk.ts";
import { positiveCase } from "./unread-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

const WORDS = {
  en: {
    link: "Agreement",
    title: "Agreement",
    drawn: "Only cases drawn by chance",
    span: "Time",
    ai: "Readers against the AI",
    table: /Same answer/,
    empty: "Nothing to compare in this time",
  },
  vi: {
    link: "Thống nhất",
    title: "Thống nhất",
    drawn: "Chỉ ca chọn ngẫu nhiên",
    span: "Thời gian",
    ai: "Người đọc so với AI",
    table: /Cùng câu trả lời/,
    empty: "Chưa có gì để so sánh trong thời gian này",
  },
} as const;

for (const language of ["en", "vi"] as const)
  test(`an admin asks by keyboard how far readers agree, in ${language}`, async ({
    page,
  }) => {
    const words = WORDS[language];
    test.setTimeout(400_000);
    await readBlind(await positiveCase());
    await signIn(page, "admin", "/users", language);
    await page
      .getByRole("link", { name: words.link, exact: true })
      .press("Enter");
    await expect(page).toHaveURL(/\/agreement$/);
    await expect(
      page.getByRole("heading", { name: words.title, level: 1 }),
    ).toBeVisible();
    const figures = page.getByRole("region", { name: words.ai });
    await expect(
      figures.getByRole("columnheader", { name: words.table }),
    ).toBeVisible();
    // A share carries its interval, or says that there are too few.
    await expect(figures.getByRole("row").nth(1)).toContainText(
      /\d+ % \(\d+–\d+\)|\d/,
    );

    const spans = page.getByRole("radiogroup", { name: words.span });
    const twelve = spans.getByRole("radio").nth(1);
    await twelve.focus();
    const asked = page.waitForRequest(
      (request) =>
        request.postData()?.includes('"weeks":52') === true &&
        request.postData()?.includes("readerAgreement") === true,
    );
    await page.keyboard.press("ArrowRight");
    await asked;
    const drawn = page.getByRole("checkbox", { name: words.drawn });
    await drawn.focus();
    const drawnAsked = page.waitForRequest(
      (request) => request.postData()?.includes('"drawnOnly":true') === true,
    );
    await page.keyboard.press("Space");
    await drawnAsked;
    await expect(drawn).toBeChecked();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

test("a radiologist may not see how others read", async ({ page }) => {
  await signIn(page, "radiologist", "/agreement");
  await expect(page.getByText("Readers against the AI")).toHaveCount(0);
  await expect(page.getByRole("heading").first()).toBeVisible();
});

/** A radiologist's opinion before the AI, and the signature that counts it. */
async function readBlind(id: string): Promise<void> {
  const reader = await caller("radiologist@demo.lung-iris");
  for (const step of [
    "claimCase(caseId: $id)",
    "recordOpinion(caseId: $id, opinion: PNEUMONIA)",
    "revealPrediction(caseId: $id)",
  ])
    await reader.ask(`mutation ($id: ID!) { ${step} { id } }`, { id });
  const { case: row } = await reader.ask(
    "query ($id: ID!) { case(id: $id) { version } }",
    { id },
  );
  const { version } = row as { version: number };
  await reader.ask(
    "mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }",
    {
      input: {
        caseId: id,
        caseVersion: version,
        label: "PNEUMONIA",
        decision: "CONFIRM",
      },
    },
  );
}
