import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { address, hasBrowser, signIn, signInAs } from "./desk.ts";
import { aNewAdmin, caller } from "./desk-api.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

const PASSWORD = `a long password ${randomUUID()}`;
const SECOND = `eraser-${randomUUID().slice(0, 8)}@demo.lung-iris`;

test("an admin proposes on a case to erase a record, another sees what goes and approves it", async ({
  page,
}) => {
  // The second admin was here before the proposal.
  await aNewAdmin(SECOND, "Mai Second", PASSWORD);
  const staff = await caller("staff@demo.lung-iris");
  const id = `erased-${randomUUID().slice(0, 8)}`;
  const caseId = await staff.bringIn(
    `${id}.dcm`,
    encodePhantomDicom(makePhantom({ seed: 9_700, size: 256 }), {
      familyName: "ERASED",
      givenName: "Zoe",
      id,
      sex: "F",
      birthDate: "19610402",
    }),
  );

  await signIn(page, "admin", `/cases/${caseId}`);
  await page.getByRole("tab", { name: "Details" }).click();
  await page.getByRole("button", { name: "Erase the record …" }).click();
  await expect(page.getByRole("dialog")).toContainText("1 film (");
  await submit(page, "Propose", "Asked for in writing.");
  await page.goto(`${address()}/erasures`);
  const mine = page.getByRole("listitem").filter({ hasText: "ERASED" });
  await expect(mine).toContainText("Proposed");
  // Another button is to decline to erase it.
  const erase = mine.getByRole("button", {
    name: "Erase ERASED, Zoe",
    exact: true,
  });
  await expect(erase).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);

  await page.context().clearCookies();
  await signInAs(page, SECOND, PASSWORD);
  await page.goto(`${address()}/erasures`);
  await erase.click();
  await submit(page, "Erase", "Letter is in the file.");
  await expect(page.getByText("The record is erased")).toBeVisible();
  await expect(page.getByText("ERASED, Zoe")).toHaveCount(0);
  await expect(
    page.getByRole("listitem").filter({ hasText: "Letter is in the file." }),
  ).toContainText("Erased");
});

/** Fills in why and does what the dialog asks about. */
async function submit(page: Page, action: string, why: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /^Reason/ }).fill(why);
  await dialog.getByRole("button", { name: action, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}
