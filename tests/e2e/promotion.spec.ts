import { randomUUID } from "node:crypto";
import { expect, test, type Page } from "@playwright/test";
import { arrive, restartWorker } from "./arriving-model.ts";
import { address, hasBrowser, ownFolders, signIn, signInAs } from "./desk.ts";
import { aNewAdmin, caller, type Caller } from "./desk-api.ts";
import { choose, fewerFilms, submit } from "./model-steps.ts";

const FOLDERS = ownFolders();

test.skip(!hasBrowser(), "no Chromium on this machine");
test.skip(
  FOLDERS === null,
  "a desk that was given: its worker is not this journey's to restart",
);

/** Forty films through two models, on a machine that does other things. */
const JUDGED_MS = 600_000;

const PASSWORD = `a long password ${randomUUID()}`;
const SECOND = `second-${randomUUID().slice(0, 8)}@demo.lung-iris`;

test("an admin has a candidate judged and proposes it, another approves it, and one takes it back", async ({
  page,
}) => {
  test.setTimeout(JUDGED_MS + 300_000);
  // The second admin was here before the candidate came.
  await aNewAdmin(SECOND, "Mai Second", PASSWORD);
  const admin = await caller("admin@demo.lung-iris");
  await fewerFilms(admin);
  const name = `candidate-${randomUUID().slice(0, 8)}`;
  const { data, candidate } = FOLDERS ?? { data: "", candidate: "" };
  await arrive(candidate, name, 0.001 + Math.random() / 1_000);
  await restartWorker(data);
  await expect
    .poll(() => modelNames(admin), { timeout: 180_000 })
    .toContain(name);

  await signIn(page, "admin");
  await choose(page, name);
  await declareAnotherBar(page);
  await page.getByRole("button", { name: "Have it judged…" }).click();
  await submit(page, "Have it judged");
  const way = page.getByRole("region", { name: "On its way to being live" });
  const judgement = way.getByRole("listitem").filter({ hasText: name }).last();
  await expect(judgement.getByText("No bar missed")).toBeVisible({
    timeout: JUDGED_MS,
  });
  await judgement.getByRole("button", { name: "Propose…" }).click();
  await submit(page, "Propose", "As good, and ours.");
  await expect(
    way.getByText("Another admin has to approve it", { exact: false }),
  ).toBeVisible();
  await expect(way.getByRole("button", { name: "Approve…" })).toHaveCount(0);

  await page.context().clearCookies();
  await signInAs(page, SECOND, PASSWORD);
  await page.getByRole("button", { name: /^Notes, / }).click();
  await expect(
    page.getByText("proposes a model to go live", { exact: false }),
  ).toBeVisible();
  // The page shows the live model; the dialog shows what is proposed.
  await page.goto(`${address()}/models`);
  await way.getByRole("button", { name: "Approve…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(
    dialog.getByRole("region", { name: "Bars of the proposed model" }),
  ).toContainText("No bar missed");
  await expect(
    dialog.getByText(`${name} did not answer films here as a shadow.`),
  ).toBeVisible();
  // The candidate is the live model under another name.
  await expect(
    dialog.getByRole("region", { name: "Unlike the live model" }),
  ).toContainText("Its card says nothing that the live model's does not.");
  await submit(page, "Approve", "Seen and agreed.");
  await expect(way.getByText(`Live here is ${name}`)).toBeVisible();

  await way.getByRole("button", { name: "Roll back…" }).click();
  await submit(page, "Roll back", "It was a journey.");
  await expect(way.getByText("Live here is lung-iris-3")).toBeVisible();
  await expect(way.getByText("Rolled back", { exact: true })).toBeVisible();
});

/** Changes a limit on the page, with a reason: a next version of the bars. */
async function declareAnotherBar(page: Page): Promise<void> {
  const bars = page.getByRole("region", { name: "Bars" });
  await bars.getByRole("button", { name: "Change…" }).click();
  await page
    .getByLabel("Limit: Calibration error, The site's own films")
    .fill("0.2");
  await submit(page, "Declare", "We have few films yet.");
  await expect(bars.getByText("We have few films yet.")).toBeVisible();
}

async function modelNames(admin: Caller): Promise<string[]> {
  const answer = await admin.ask(
    "{ modelVersions(first: 50) { edges { node { name } } } }",
  );
  const { edges } = answer["modelVersions"] as {
    edges: { node: { name: string } }[];
  };
  return edges.map(({ node }) => node.name);
}
