import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import { z } from "zod";
import { aNewAdmin, caller, type Caller } from "./desk-api.ts";
import { hasBrowser, signIn, signInAs, wantsLongJourneys } from "./desk.ts";
import {
  calibrationErrors,
  makeDataset,
  readOnPage,
  startRun,
  TRAINED_MS,
  TUNED_MS,
  uploadOnPage,
} from "./loop-steps.ts";
import { choose, submit } from "./model-steps.ts";
import {
  decide,
  simulatedHospital,
  type Hospital,
} from "./simulated-hospital.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");
test.skip(
  !wantsLongJourneys(),
  "hours of deciding, training and judging: set LUNG_IRIS_LONG_JOURNEYS=1",
);

/** A judge at the lowest priority, on a machine that is busy. */
const JUDGED_MS = 1_800_000;
const WHOLE_MS = 14_400_000;
/** Of patients whom runs learn from. */
const DECIDED = 400;
/** Of fewer films a net whose every probability is right has an ECE of 0.05. */
const EVERGREEN = 1_000;
/** Of them, those that come and are read in the browser. */
const BY_HAND = 3;
const SHADOWED = 3;

const PASSWORD = `a long password ${randomUUID()}`;
const SECOND = `loop-${randomUUID().slice(0, 8)}@demo.lung-iris`;

test("a hospital of another exposure: its decided films put the probabilities right and make a better model, which two people put into use and one takes back", async ({
  page,
}) => {
  test.setTimeout(WHOLE_MS);
  // The second admin was here before the candidate came.
  await aNewAdmin(SECOND, "Minh Second", PASSWORD);
  const admin = await caller("admin@demo.lung-iris");
  const run = randomUUID().slice(0, 8);
  const hospital = simulatedHospital(`loop-${run}`);

  await test.step("films arrive and are read", async () => {
    const films = Array.from({ length: BY_HAND }, () => hospital.film());
    await signIn(page, "staff", "/upload");
    const ids = await uploadOnPage(page, films);
    await page.context().clearCookies();
    await signIn(page, "radiologist");
    for (const [at, { label }] of films.entries())
      await readOnPage(page, ids[at] ?? "", label);
    const decided = await decide(hospital, {
      learnt: DECIDED,
      evergreen: EVERGREEN,
    });
    expect(decided.learnt).toBeGreaterThanOrEqual(DECIDED);
    expect(decided.evergreen).toBeGreaterThanOrEqual(EVERGREEN);
  });

  const dataset = `Decided ${run}`;
  await page.context().clearCookies();
  await signIn(page, "admin");
  await makeDataset(page, dataset);

  await test.step("recalibration puts the probabilities right", async () => {
    await startRun(page, {
      kind: "Recalibration",
      dataset,
      name: `recalibrated-${run}`,
    });
    await expect(
      page.getByRole("link", { name: "Show the candidate" }),
    ).toBeVisible({ timeout: TRAINED_MS });
    const { before, after } = await calibrationErrors(page);
    expect(before).toBeGreaterThan(0.1);
    expect(after).toBeLessThanOrEqual(0.05);
  });

  const name = `tuned-${run}`;
  const way = page.getByRole("region", { name: "On its way to being live" });
  const own = page.getByRole("region", { name, exact: true });

  await test.step("fine-tuning makes a better model", async () => {
    await startRun(page, { kind: "Fine-tuning", dataset, name });
    await expect(
      page.getByRole("status").filter({ hasText: /\d of / }),
    ).toBeVisible({ timeout: TRAINED_MS });
    await expect(page.getByRole("progressbar")).toBeVisible();
    const shown = page.getByRole("link", { name: "Show the candidate" });
    await expect(shown).toBeVisible({ timeout: TUNED_MS });
    await expect(page.getByRole("region", { name: "Curves" })).toBeVisible();
    await shown.click();
  });

  const judgement = way.getByRole("listitem").filter({ hasText: name }).last();
  await test.step("it misses no bar, and ranks better than the live one", async () => {
    await own.getByRole("button", { name: "Have it judged…" }).click();
    await submit(page, "Have it judged");
    await expect(judgement.getByText("No bar missed")).toBeVisible({
      timeout: JUDGED_MS,
    });
    const told = judgement.getByText(/^The site's own films, .* gained/u);
    const gained = /gained (\d\.\d+)/u.exec(await told.innerText())?.[1];
    expect(Number(gained)).toBeGreaterThanOrEqual(0.02);
    await judgement.getByText(/with every figure$/u).click();
    const outcomes = judgement.getByRole("row");
    expect(await outcomes.count()).toBeGreaterThan(12);
    await expect(outcomes.filter({ hasText: "Missed" })).toHaveCount(0);
  });

  await test.step("it looks along as a shadow", async () => {
    await own.getByRole("button", { name: "Run as a shadow…" }).click();
    await page.getByLabel("Films", { exact: true }).fill(String(SHADOWED));
    await submit(page, "Run as a shadow", "We want to see it at work.");
    await expect(own.getByText("Runs as a shadow")).toBeVisible();
    for (let at = 0; at < SHADOWED; at += 1) await answeredBy(admin, hospital);
    await expect(async () => {
      await choose(page, name);
      await expect(
        page.getByText(
          new RegExp(`both have answered ${String(SHADOWED)} films`, "u"),
        ),
      ).toBeVisible();
    }).toPass({ timeout: 240_000 });
  });

  await test.step("one proposes it, another approves it, and it is live", async () => {
    await judgement.getByRole("button", { name: "Propose…" }).click();
    await submit(page, "Propose", "It ranks the films of this house better.");
    await expect(way.getByRole("button", { name: "Approve…" })).toHaveCount(0);
    await page.context().clearCookies();
    await signInAs(page, SECOND, PASSWORD);
    await choose(page, name);
    await way.getByRole("button", { name: "Approve…" }).click();
    await expect(
      page
        .getByRole("dialog")
        .getByText(/gained/u)
        .first(),
    ).toBeVisible();
    await submit(page, "Approve", "Seen and agreed.");
    await expect(way.getByText(`Live here is ${name}`)).toBeVisible();
    expect(await answeredBy(admin, hospital)).toBe(name);
  });

  await test.step("one person takes it back", async () => {
    await way.getByRole("button", { name: "Roll back…" }).click();
    await submit(page, "Roll back", "It was a journey.");
    await expect(way.getByText("Live here is lung-iris-3")).toBeVisible();
    expect(await answeredBy(admin, hospital)).toBe("lung-iris-3");
  });
});

const shownSchema = z.object({
  case: z.object({
    shownPrediction: z
      .object({ modelVersion: z.object({ name: z.string() }) })
      .nullable(),
  }),
});

/** Brings a film in; the name of the model whose answer is shown of it. */
async function answeredBy(admin: Caller, hospital: Hospital): Promise<string> {
  const staff = await caller("staff@demo.lung-iris");
  const film = hospital.film();
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
