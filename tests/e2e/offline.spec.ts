import { expect, test } from "@playwright/test";
import { hasBrowser } from "./desk.ts";
import { openUnread } from "./unread-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

test("an opinion given while the line is away is named, and sent when it is back", async ({
  page,
  context,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const name = await openUnread(page, "radiologist");
  const tools = page.getByRole("toolbar", { name: "Film tools" });
  await expect(tools).toBeInViewport({ ratio: 1 });

  await context.setOffline(true);
  await page.keyboard.press("1");
  const strip = page.getByRole("status").filter({
    hasText: "The server cannot be reached.",
  });
  await expect(strip).toBeVisible();
  await expect(
    page.getByText(`Not saved yet: your reading of ${name}.`),
  ).toBeVisible();
  // The strip takes its line from the film, not from what stands below it.
  await expect(tools).toBeInViewport({ ratio: 1 });
  await expect(
    page.getByRole("button", { name: /^Sign report/ }),
  ).toBeInViewport({ ratio: 1 });

  await context.setOffline(false);
  await expect(strip).toHaveCount(0);
  await expect(page.getByText("claimed by you")).toBeVisible();
  await page.reload();
  await expect(page.locator("[data-painted]").first()).toBeVisible();
  await expect(page.getByRole("radio", { name: /^Normal/ })).toBeChecked();
});

test("what failed for the line only is not held against the reader afterwards", async ({
  page,
  context,
}) => {
  await openUnread(page, "radiologist");
  await page.keyboard.press("2");
  await expect(page.getByText("claimed by you")).toBeVisible();

  await context.setOffline(true);
  await page.keyboard.press("r");
  const panel = page.getByRole("complementary");
  await expect(panel.getByRole("alert")).toBeVisible();

  await context.setOffline(false);
  await expect(
    page
      .getByRole("status")
      .filter({ hasText: "The server cannot be reached." }),
  ).toHaveCount(0);
  await expect(panel.getByRole("alert")).toHaveCount(0);
  await page.keyboard.press("r");
  await expect(page.getByTestId("ai-result")).toBeVisible();
});
