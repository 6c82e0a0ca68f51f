import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { caller } from "./desk-api.ts";
import { hasBrowser, ownFolders, signIn } from "./desk.ts";

const FOLDERS = ownFolders();

test.skip(!hasBrowser(), "no Chromium on this machine");
test.skip(FOLDERS === null, "a desk that was given: its data are not here");

const run = promisify(execFile);

const WORDS = {
  en: {
    alarms: "Alarms",
    changed: /^Changed: /,
    take: /^I look after it: /,
    owned: "Kim Pham looks after it",
    ownedThen: "Kim Pham looked after it",
    acknowledge: /^Acknowledge: /,
    what: "What it was",
    submit: "Acknowledge",
    over: "Over",
    bell: /^Notes/,
    note: "An alarm about the AI was raised",
    look: "Look at the alarms",
  },
  vi: {
    alarms: "Cảnh báo",
    changed: /^Đã thay đổi: /,
    take: /^Tôi phụ trách: /,
    owned: "Kim Pham phụ trách",
    ownedThen: "Kim Pham đã phụ trách",
    acknowledge: /^Xác nhận: /,
    what: "Nguyên nhân",
    submit: "Xác nhận",
    over: "Đã kết thúc",
    bell: /^Thông báo/,
    note: "Có cảnh báo mới về AI",
    look: "Xem các cảnh báo",
  },
} as const;

for (const language of ["en", "vi"] as const)
  test(`an admin is told of an alarm, takes and acknowledges it by keyboard, in ${language}`, async ({
    page,
  }) => {
    const words = WORDS[language];
    await raiseAlarm();
    await signIn(page, "admin", "/users", language);
    await page.getByRole("button", { name: words.bell }).press("Enter");
    const notes = page.getByRole("dialog");
    await expect(notes.getByText(words.note).first()).toBeVisible();
    await notes.getByRole("link", { name: words.look }).first().press("Enter");
    await expect(page).toHaveURL(/\/monitoring$/);

    const list = page.getByRole("region", { name: words.alarms, exact: true });
    const row = list.getByRole("listitem").filter({ hasText: words.changed });
    await expect(row).toHaveCount(1);
    await row.getByRole("button", { name: words.take }).press("Enter");
    await expect(row.getByText(words.owned, { exact: true })).toBeVisible();
    await expect(row.getByRole("button", { name: words.take })).toHaveCount(0);
    await row.getByRole("button", { name: words.acknowledge }).press("Enter");
    const dialog = page.getByRole("dialog");
    const what = dialog.getByLabel(words.what);
    await expect(what).toBeFocused();
    await page.keyboard.type(`The tube was changed (${language})`);
    await reach(page, words.submit);
    await page.keyboard.press("Enter");
    await expect(dialog).toHaveCount(0);
    await expect(row).toHaveCount(0);
    await list.getByText(words.over, { exact: true }).click();
    await expect(
      list.getByText(`The tube was changed (${language})`),
    ).toBeVisible();
    await expect(
      list.getByText(words.ownedThen, { exact: true }).first(),
    ).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

/** Tabs to a button, as somebody without a mouse does. */
async function reach(page: Page, name: string): Promise<void> {
  for (let tabs = 0; tabs < 8; tabs += 1) {
    await page.keyboard.press("Tab");
    if ((await page.locator(":focus").textContent()) === name) return;
  }
  throw new Error(`no way to ${name} by keyboard`);
}

async function raiseAlarm(): Promise<void> {
  const admin = await caller("admin@demo.lung-iris");
  const { viewer } = await admin.ask("{ viewer { sites { id } } }");
  const [site] = (viewer as { sites: { id: string }[] }).sites;
  await run(process.execPath, [
    "--import",
    import.meta.resolve("tsx"),
    fileURLToPath(new URL("raise-alarm.ts", import.meta.url)),
    FOLDERS?.data ?? "",
    site?.id ?? "",
  ]);
}
