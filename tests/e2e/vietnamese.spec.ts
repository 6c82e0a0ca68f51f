import { join } from "node:path";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { address, hasBrowser, signIn } from "./desk.ts";
import { positiveCase } from "./unread-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/**
 * English that no Vietnamese page has, whatever names stand on it. What
 * belongs to a file or to somebody's typing is not among them.
 */
const ENGLISH = /\b(?:the|and|with|from|this|your|are|was|not|until)\b/iu;

async function expectNoEnglish(page: Page): Promise<void> {
  const lines = (await page.locator("body").innerText()).split("\n");
  expect(lines.filter((line) => ENGLISH.test(line))).toEqual([]);
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
}

test("a reader reads, reveals and signs by keyboard in Vietnamese", async ({
  page,
}) => {
  await signIn(page, "radiologist", `/cases/${await positiveCase()}`, "vi");
  await expect(page.locator("[data-painted]").first()).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "vi");
  await page.keyboard.press("2");
  await expect(page.getByText("bạn đang đọc")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByTestId("ai-result")).toContainText("Viêm phổi");
  await expectNoEnglish(page);
  await expectAccessible(page);
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog")).toContainText("Ký báo cáo của");
  await expectNoEnglish(page);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Kết luận đã ký, phiên bản 1")).toBeVisible();
  await expectNoEnglish(page);
});

test("staff bring a film in and find it on the list in Vietnamese", async ({
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), "vietnamese-"));
  try {
    const seed = 20_261_129;
    const bytes = encodePhantomDicom(makePhantom({ seed, size: 512 }), {
      familyName: "NGUYEN",
      givenName: "THI VIET",
      id: "VI-20261129",
      sex: "F",
      birthDate: "19700302",
    });
    const file = join(folder, "phim-nguc.dcm");
    await writeFile(file, bytes);
    await signIn(page, "staff", "/upload", "vi");
    await page.locator('input[type="file"]').first().setInputFiles(file);
    const arrived = page.getByText("Đã vào danh sách", { exact: true });
    await expect(arrived).toBeVisible({ timeout: 60_000 });
    await expectNoEnglish(page);
    await expectAccessible(page);
    await page.goto(`${address()}/worklist`);
    await expect(page.locator("[data-row-link]").first()).toBeVisible();
    await page.keyboard.press("/");
    // The marks of his name are on nobody's film, but on every keyboard here.
    await page.keyboard.type("nguyễn thị việt");
    const rows = page.locator("[data-row-link]");
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(/NGUYEN/i);
    await expectNoEnglish(page);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
