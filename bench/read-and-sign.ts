import { setTimeout as sleep } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";

const LONGEST_WAIT_MS = 10_000;

/** Reads a case as normal, with a reason where the AI says otherwise. */
export async function readAndSign(page: Page): Promise<void> {
  await page.getByText("claimed by you").waitFor();
  await page.keyboard.press("1");
  await page.keyboard.press("r");
  const answer = page.getByTestId("ai-result");
  await answer.waitFor();
  const differs = page.getByText("Still to do: confirm (y) or override (o).");
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog");
  await dialog.or(differs).first().waitFor();
  if (!(await dialog.isVisible())) {
    await page.keyboard.press("o");
    // It takes the focus by itself, and a program types faster than that.
    const reason = page.getByRole("combobox", { name: "Reason" });
    await reason.and(page.locator(":focus")).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("listbox").waitFor();
    // The list of Mantine loses its place when a key comes before its timers
    // have run, which no hand manages and a program sometimes does.
    await page.evaluate("new Promise((done) => setTimeout(done, 1))");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await until(async () => (await reason.inputValue()) !== "", "a reason");
    await page.keyboard.press("s");
    await dialog.getByText("Overrides the AI").waitFor();
  }
  await confirmChestFilm(dialog);
  await page.keyboard.press("Enter");
  await page.getByText("Report signed").first().waitFor();
  await page.getByText("The case has left the worklist.").waitFor();
}

/** Fails, and says what for, where it takes longer than a reader would wait. */
async function until(
  isSo: () => Promise<boolean>,
  what: string,
): Promise<void> {
  const end = Date.now() + LONGEST_WAIT_MS;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await sleep(20);
  }
}

/** What the AI takes for no chest (the demo's hand) is normal only with a tick. */
async function confirmChestFilm(dialog: Locator): Promise<void> {
  const tick = dialog.getByRole("checkbox", { name: /It is a chest film/ });
  if (await tick.isVisible()) await tick.check();
}
