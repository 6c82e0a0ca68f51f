import { expect, type Locator, test } from "@playwright/test";
import { hasBrowser, signIn } from "./desk.ts";
import { caller } from "./desk-api.ts";
import { openUnread } from "./unread-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

async function boundsOf(locator: Locator) {
  const bounds = await locator.boundingBox();
  if (!bounds) throw new Error("it has no place on the screen");
  return bounds;
}

async function overlap(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = [await boundsOf(one), await boundsOf(other)];
  return (
    a.x < b.x + b.width &&
    b.x < a.x + a.width &&
    a.y < b.y + b.height &&
    b.y < a.y + a.height
  );
}

test("who claims a further case is asked about the one that he holds", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const first = await openUnread(page, "radiologist2");
  await page.keyboard.press("c");
  await expect(page.getByText("claimed by you")).toBeVisible();
  const handBack = page.getByRole("button", {
    name: `Hand back the case of ${first}`,
  });
  // Nobody is asked about the case that is open.
  await expect(handBack).toHaveCount(0);

  await openUnread(page);
  await page.keyboard.press("c");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await handBack.click();
  const told = page.getByRole("alert").filter({
    hasText: `The case of ${first} was given back`,
  });
  await expect(told).toBeVisible();
  await expect(handBack).toHaveCount(0);
  // What is told in passing covers neither whose case it is nor the signature.
  expect(await overlap(told, page.locator("h1").first())).toBe(false);
  expect(
    await overlap(told, page.getByRole("button", { name: /^Sign report/ })),
  ).toBe(false);
  await page.keyboard.press("u");
  await expect(
    page.getByRole("button", { name: "Claim" }).first(),
  ).toBeVisible();
});

test("full screen offers two answers of equal weight where opinion and AI differ", async ({
  page,
}) => {
  await openUnread(page, "radiologist2");
  await page.keyboard.press("1");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByTestId("ai-result")).toBeVisible();
  await page.keyboard.press("f");
  const bar = page.getByRole("group", { name: "Decision" });
  await expect(
    bar.getByRole("button", { name: /^Keep mine: Normal/ }),
  ).toBeVisible();
  await bar.getByRole("button", { name: /^Change to: Pneumonia/ }).click();
  // A reason is wanted, and the panel is where it is given.
  await expect(
    page.getByRole("combobox", { name: /What changed your mind/ }),
  ).toBeVisible();
  await page.keyboard.press("u");
});

test("a tool that does nothing yet says why, and can be reached", async ({
  page,
}) => {
  await openUnread(page, "radiologist2");
  // Whoever has not claimed the case measures, and marks no region.
  const box = page.getByRole("button", { name: "Mark a region: box" });
  await expect(box).toHaveAttribute("aria-disabled", "true");
  await box.hover();
  await expect(page.getByRole("tooltip")).toContainText("claim it first");
  await box.focus();
  await expect(box).toBeFocused();
  await page.keyboard.press("c");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await expect(box).not.toHaveAttribute("aria-disabled");
  await page.keyboard.press("u");
});

test("a second browser takes over what the first one did; a discarded draft comes back", async ({
  page,
  browser,
}) => {
  await openUnread(page, "radiologist2");
  const other = await (await browser.newContext()).newPage();
  await signIn(other, "radiologist2");
  await other.goto(page.url());
  await expect(other.locator("[data-painted]").first()).toBeVisible();

  await page.keyboard.press("3");
  await expect(page.getByText("claimed by you")).toBeVisible();
  const comment = { name: "Comment", exact: true };
  await page.getByRole("textbox", comment).fill("Seen at the first desk");
  // Whoever comes back to the other window before that is kept comes again.
  await expect(async () => {
    await other.evaluate(`window.dispatchEvent(new Event("focus"))`);
    await expect(other.getByRole("radio", { name: /Other/ })).toBeChecked({
      timeout: 3_000,
    });
    await expect(other.getByRole("textbox", comment)).toHaveValue(
      "Seen at the first desk",
      { timeout: 3_000 },
    );
  }).toPass({ timeout: 90_000 });
  await other.context().close();

  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByRole("textbox", comment)).toHaveValue("");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("textbox", comment)).toHaveValue(
    "Seen at the first desk",
  );
  await page.getByRole("button", { name: /^Release/ }).click();
});

test("a draft is given along by keyboard, and taken behind one's own opinion", async ({
  page,
  browser,
}) => {
  await openUnread(page, "radiologist2");
  const { pathname } = new URL(page.url());
  await page.keyboard.press("3");
  await expect(page.getByText("claimed by you")).toBeVisible();
  const comment = { name: "Comment", exact: true };
  await page.getByRole("textbox", comment).fill("Ask the ward for the prior");
  const id = pathname.split("/").at(-1);
  const sofia = await caller("radiologist2@demo.lung-iris");
  const kept = async () =>
    JSON.stringify(
      await sofia.ask(
        "query ($id: ID!) { case(id: $id) { viewerReading { draft { comment } } } }",
        { id },
      ),
    );
  await expect.poll(kept).toContain("Ask the ward");
  const minh = await caller("radiologist@demo.lung-iris");
  await minh.ask(
    `mutation ($id: ID!) { takeOverCase(caseId: $id, reason: "Shift ends") { id } }`,
    { id },
  );
  await page
    .getByRole("button", { name: "Give my draft to Dr Minh Le" })
    .press("Enter");
  await expect(
    page.getByRole("button", { name: "Take my draft back" }),
  ).toBeVisible();

  const other = await (await browser.newContext()).newPage();
  await signIn(other, "radiologist", pathname);
  await expect(other.locator("[data-painted]").first()).toBeVisible();
  const offer = other
    .getByRole("status")
    .filter({ hasText: "A draft of Dr Sofia Marin" });
  await other.keyboard.press("1");
  await expect(other.getByRole("radio", { name: /Normal/ })).toBeChecked();
  await expect(offer).toHaveCount(0);
  await other.keyboard.press("r");
  await expect(other.getByTestId("ai-result")).toBeVisible();
  await offer.getByRole("button", { name: "Take it" }).press("Enter");
  await expect(other.getByRole("textbox", comment)).toHaveValue(
    "Ask the ward for the prior",
  );
  await expect(offer).toHaveCount(0);
  // The opinion is one's own still.
  await expect(other.getByRole("radio", { name: /Normal/ })).toBeChecked();
  await other.getByRole("button", { name: /^Release/ }).press("Enter");
  await expect(other.getByText(/was given back/)).toBeVisible();
  await other.context().close();
});

test("a case loaded anew comes with its page, and later visits ask for it again", async ({
  page,
}) => {
  const name = await openUnread(page, "radiologist");
  // The pointer points at nothing.
  await page.mouse.move(0, 0);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.postData()?.includes("query CaseToRead(") === true)
      asked.push("case");
    // Pages that nobody pointed at are not fetched.
    if (request.url().includes("_rsc=")) asked.push(request.url());
  });
  await page.reload();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.locator("[data-painted]").first()).toBeVisible();
  await expect(page.getByRole("tab", { name: "Details" })).toBeVisible();
  expect(asked).toEqual([]);

  // What came with the page is old by the time that somebody comes back.
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/worklist/);
  // For three seconds it counts as just asked.
  await page.waitForTimeout(3_100);
  await page.goBack();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect.poll(() => asked).toContain("case");
});
