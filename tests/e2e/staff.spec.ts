import { expect, type Page, test } from "@playwright/test";
import {
  encodePhantomDicom,
  encodePhantomPng,
  makePhantom,
} from "@lung-iris/phantom";
import { asModality } from "../testkit/films.ts";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

const FAMILY = "Journey";

/** A DICOM film of an invented patient, another for each number. */
function dicomFilm(number: number): Uint8Array {
  const film = makePhantom({ seed: 9_000 + number, size: 256 });
  return encodePhantomDicom(film, {
    familyName: FAMILY,
    givenName: `Number${number}`,
    id: `E2E-${number}`,
    sex: "F",
    ageYears: 50 + number,
  });
}

/** The line above the table that counts the outcomes. */
function summary(page: Page) {
  return page.getByRole("status").filter({ hasText: /films?: / });
}

test("staff bring films in: each has its own outcome, the same film is recognised", async ({
  page,
}) => {
  await signIn(page, "staff", "/upload");
  const films = [1, 2, 3].map((number) => ({
    name: `film-${number}.dcm`,
    mimeType: "application/dicom",
    buffer: Buffer.from(dicomFilm(number)),
  }));
  const rubbish = {
    name: "notes.dcm",
    mimeType: "application/dicom",
    buffer: Buffer.from("This is a letter, not a film."),
  };
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles([...films, rubbish]);
  await expect(summary(page)).toContainText(
    "4 films: 3 on the worklist, 0 already here, 1 not taken, 0 on the way",
    { timeout: 60_000 },
  );
  await expect(page.getByText(/^Refused: /)).toHaveCount(1);
  await page.getByRole("button", { name: "Not taken · 1" }).click();
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await page.getByRole("button", { name: "All · 4" }).click();

  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles(films.slice(0, 1));
  await expect(summary(page)).toContainText(
    "3 on the worklist, 1 already here",
    {
      timeout: 60_000,
    },
  );
});

test("a film tagged as a screenshot is taken on purpose; what lies beside films is set aside", async ({
  page,
}) => {
  await signIn(page, "staff", "/upload");
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles([
      {
        name: "capture.dcm",
        mimeType: "application/dicom",
        buffer: asModality(Buffer.from(dicomFilm(4)), "SC"),
      },
      {
        name: "AUTORUN.INF",
        mimeType: "text/plain",
        buffer: Buffer.from("[autorun]"),
      },
    ]);
  const start = page.getByRole("button", { name: "Take as a chest film…" });
  await start.click({ timeout: 60_000 });
  await page
    .getByRole("dialog")
    .getByRole("button", { name: "Take as a chest film", exact: true })
    .click();
  await expect(summary(page)).toContainText(
    "1 film: 1 on the worklist, 0 already here, 0 not taken",
    { timeout: 60_000 },
  );
  await expect(page.getByText("taken as a chest film")).toBeVisible();
  await page
    .getByRole("button", { name: "1 file was set aside: not films" })
    .click();
  await expect(page.getByText(/^AUTORUN.INF · /)).toBeVisible();
  // Whose it is comes from the desk, and is there again after a reload.
  await expect(page.getByText(`${FAMILY}, Number4`)).toBeVisible();
  await page.reload();
  await expect(page.getByText(`${FAMILY}, Number4`)).toBeVisible();
});

test("staff find the new cases with their predictions on the worklist", async ({
  page,
}) => {
  await signIn(page, "staff", `/worklist?q=${FAMILY}`);
  for (const number of [1, 2, 3])
    await expect(page.getByText(`${FAMILY}, Number${number}`)).toBeVisible();
  // The worker's answer reaches the open page without a reload.
  await expect(page.locator('a[href*="/cases/"]').first()).toBeVisible();
  await expect(page.getByText(/because: /).first()).toBeVisible();
});

test("a picture without a header waits for its patient and is then taken", async ({
  page,
}) => {
  await signIn(page, "staff", "/upload");
  const picture = await encodePhantomPng(
    makePhantom({ seed: 9_100, size: 256 }),
    { bits: 8 },
  );
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({
      name: "picture.png",
      mimeType: "image/png",
      buffer: Buffer.from(picture),
    });
  await page.getByRole("button", { name: "Send 1 film" }).click();
  await expect(summary(page)).toContainText("1 film: 1 on the worklist", {
    timeout: 60_000,
  });

  // Later somebody knows whose film it is.
  await page.getByRole("link", { name: "On the worklist" }).click();
  await expect(
    page.getByRole("heading", { name: "Unknown patient" }),
  ).toBeVisible();
  await page.getByRole("tab", { name: "Details" }).click();
  await page.getByRole("button", { name: "Correct…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Record number").fill("E2E-PICTURE");
  await dialog.getByLabel("Name", { exact: true }).fill(`${FAMILY}, Picture`);
  await dialog.getByLabel("Birth date", { exact: true }).fill("3.11.1960");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(
    page.getByRole("heading", { name: `${FAMILY}, Picture` }),
  ).toBeVisible();
  await expect(page.getByText("3 Nov 1960", { exact: true })).toBeVisible();
});

test("staff are refused the pages of others, in words", async ({ page }) => {
  await signIn(page, "staff");
  for (const path of ["/audit", "/users", "/export"]) {
    await page.goto(address() + path);
    await expect(page.getByRole("main")).not.toContainText("Sign-in");
    await expect(page.getByRole("heading").first()).toBeVisible();
    await expect(page.getByRole("table")).toHaveCount(0);
  }
});

test("the worklist leads with what waits past its ceiling, whatever the AI says", async ({
  page,
}) => {
  await signIn(page, "staff", "/worklist?state=waiting");
  const rows = page.locator("tbody[data-case]");
  await expect(rows.first()).toContainText("waiting too long");
  const isLate = (await rows.allInnerTexts()).map((text) =>
    text.includes("waiting too long"),
  );
  const firstInTime = isLate.indexOf(false);
  if (firstInTime >= 0)
    expect(isLate.lastIndexOf(true)).toBeLessThan(firstInTime);
  // The night's cases are there: more than one is past the two hours.
  expect(isLate.filter(Boolean).length).toBeGreaterThan(1);
});

test("while the API is away a page asks once, says so, and keeps its rows", async ({
  page,
}) => {
  await signIn(page, "staff", "/worklist");
  await expect(page.locator('a[href*="/cases/"]').first()).toBeVisible();
  let asked = 0;
  await page.route("**/api/graphql", async (route) => {
    if (route.request().postData()?.includes("query Worklist(")) asked += 1;
    await route.fulfill({
      status: 503,
      json: { errors: [{ extensions: { code: "API_UNREACHABLE" } }] },
    });
  });
  await page.getByRole("link", { name: /^Mine( \d+)?$/ }).click();
  await expect(page.getByText("The server cannot be reached.")).toBeVisible();
  // Long enough for a loop of questions to show; they came ten a second.
  await page.waitForTimeout(3_000);
  expect(asked).toBeLessThanOrEqual(2);
  await expect(page.locator('a[href*="/cases/"]').first()).toBeVisible();
});
