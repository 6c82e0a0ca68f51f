import { randomInt, randomUUID } from "node:crypto";
import { expect, test, type Page } from "@playwright/test";
import { z } from "zod";
import { decidedFilms, filmOf, OTHER_HOSPITAL } from "./decided-films.ts";
import { aNewAdmin, caller, type Caller } from "./desk-api.ts";
import {
  address,
  hasBrowser,
  signIn,
  signInAs,
  wantsLongJourneys,
} from "./desk.ts";
import { choose, fewerFilms, submit } from "./model-steps.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");
test.skip(
  !wantsLongJourneys(),
  "half an hour of deciding, training and judging: set LUNG_IRIS_LONG_JOURNEYS=1",
);

/** A trainer and a judge at the lowest priority, on a machine that is busy. */
const TRAINED_MS = 900_000;
const JUDGED_MS = 900_000;
const WHOLE_MS = 3_600_000;
/** A hundred are needed besides the 15 % of the evergreen test. */
const FILMS = 136;
const SHADOWED = 3;

const PASSWORD = `a long password ${randomUUID()}`;
const SECOND = `loop-${randomUUID().slice(0, 8)}@demo.lung-iris`;

test("a hospital's decided films become a model that two people put into use, and one takes back", async ({
  page,
}) => {
  test.setTimeout(WHOLE_MS);
  // The second admin was here before the candidate came.
  await aNewAdmin(SECOND, "Minh Second", PASSWORD);
  const admin = await caller("admin@demo.lung-iris");
  await fewerFilms(admin);
  await decidedFilms(FILMS, OTHER_HOSPITAL);
  const name = `loop-${randomUUID().slice(0, 8)}`;

  await signIn(page, "admin");
  await makeDataset(page, `Decided ${name}`);
  await recalibrate(page, name);

  const way = page.getByRole("region", { name: "On its way to being live" });
  const own = page.getByRole("region", { name, exact: true });
  await page.getByRole("link", { name: "Show the candidate" }).click();
  await own.getByRole("button", { name: "Have it judged…" }).click();
  await submit(page, "Have it judged");
  const judgement = way.getByRole("listitem").filter({ hasText: name }).last();
  await expect(judgement.getByText("No bar missed")).toBeVisible({
    timeout: JUDGED_MS,
  });

  await own.getByRole("button", { name: "Run as a shadow…" }).click();
  await page.getByLabel("Films", { exact: true }).fill(String(SHADOWED));
  await submit(page, "Run as a shadow", "We want to see it at work.");
  await expect(own.getByText("Runs as a shadow")).toBeVisible();
  for (let at = 0; at < SHADOWED; at += 1) await answeredBy(admin);
  await expect(async () => {
    await choose(page, name);
    await expect(
      page.getByText(
        new RegExp(`both have answered ${String(SHADOWED)} films`),
      ),
    ).toBeVisible();
  }).toPass({ timeout: 240_000 });

  await judgement.getByRole("button", { name: "Propose…" }).click();
  await submit(page, "Propose", "It says here what it means.");
  await expect(way.getByRole("button", { name: "Approve…" })).toHaveCount(0);
  await page.context().clearCookies();
  await signInAs(page, SECOND, PASSWORD);
  await choose(page, name);
  await way.getByRole("button", { name: "Approve…" }).click();
  await submit(page, "Approve", "Seen and agreed.");
  await expect(way.getByText(`Live here is ${name}`)).toBeVisible();
  expect(await answeredBy(admin)).toBe(name);

  await way.getByRole("button", { name: "Roll back…" }).click();
  await submit(page, "Roll back", "It was a journey.");
  await expect(way.getByText("Live here is lung-iris-3")).toBeVisible();
  expect(await answeredBy(admin)).toBe("lung-iris-3");
});

/** Every signed case as a dataset, from the page, until it is frozen. */
async function makeDataset(page: Page, name: string): Promise<void> {
  await page.goto(`${address()}/export`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create export" }).click();
  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row.getByRole("status")).toHaveText("Ready", {
    timeout: TRAINED_MS,
  });
}

/** A run from the page on the newest dataset, until it has a candidate. */
async function recalibrate(page: Page, name: string): Promise<void> {
  await page.goto(`${address()}/training`);
  await page.getByRole("button", { name: "Start a run" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Dataset").selectOption({ index: 0 });
  await dialog.getByLabel("Name of the candidate").fill(name);
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
  await expect(
    page.getByRole("link", { name: "Show the candidate" }),
  ).toBeVisible({ timeout: TRAINED_MS });
}

const shownSchema = z.object({
  case: z.object({
    shownPrediction: z
      .object({ modelVersion: z.object({ name: z.string() }) })
      .nullable(),
  }),
});

/** Brings a film in; the name of the model whose answer is shown of it. */
async function answeredBy(admin: Caller): Promise<string> {
  const staff = await caller("staff@demo.lung-iris");
  const film = filmOf(randomInt(1_000_000_000), true, OTHER_HOSPITAL);
  const id = await staff.bringIn(`${film.name}.dcm`, film.bytes);
  let name = "";
  await expect
    .poll(
      async () => {
        const answer = await admin.ask(
          "query ($id: ID!) { case(id: $id) { shownPrediction { modelVersion { name } } } }",
          { id },
        );
        const shown = shownSchema.parse(answer).case.shownPrediction;
        name = shown?.modelVersion.name ?? "";
        return name;
      },
      { timeout: 120_000 },
    )
    .not.toBe("");
  return name;
}
