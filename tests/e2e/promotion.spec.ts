import { randomUUID } from "node:crypto";
import { expect, test, type Page } from "@playwright/test";
import { arrive, restartWorker } from "./arriving-model.ts";
import { address, hasBrowser, ownFolders, signIn } from "./desk.ts";
import { aNewAdmin, caller, type Caller } from "./desk-api.ts";

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
  await page.goto(`${address()}/sign-in`);
  await page.getByLabel("Email").fill(SECOND);
  await page.locator('input[type="password"]').fill(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.includes("sign-in"));
  await choose(page, name);
  await way.getByRole("button", { name: "Approve…" }).click();
  await submit(page, "Approve", "Seen and agreed.");
  await expect(way.getByText(`Live here is ${name}`)).toBeVisible();

  await way.getByRole("button", { name: "Roll back…" }).click();
  await submit(page, "Roll back", "It was a journey.");
  await expect(way.getByText("Live here is lung-iris-2")).toBeVisible();
  await expect(way.getByText("Rolled back", { exact: true })).toBeVisible();
});

async function choose(page: Page, name: string): Promise<void> {
  await page.goto(`${address()}/models`);
  await page.getByRole("button", { name, exact: true }).click();
  await expect(page.getByRole("region", { name, exact: true })).toBeVisible();
}

/** Says why, where something is asked, and does it. */
async function submit(page: Page, action: string, why?: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  if (why !== undefined) await dialog.getByLabel("Why").fill(why);
  await dialog.getByRole("button", { name: action, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

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

/** As many reference films as the shipped bars need at least, at any speed. */
async function fewerFilms(admin: Caller): Promise<void> {
  const { viewer } = await admin.ask("{ viewer { sites { id } } }");
  const [site] = (viewer as { sites: { id: string }[] }).sites;
  const { bars } = await admin.ask(
    `query ($siteId: ID!) { bars(siteId: $siteId) { version document {
      phantoms { films seed }
      bars { set measure limit leastFilms leastOfAKind mustBeMeasured } } } }`,
    { siteId: site?.id },
  );
  const { version, document } = bars as {
    version: number;
    document: {
      phantoms: { films: number; seed: number };
      bars: { set: string; measure: string; limit: number }[];
    };
  };
  const changed = {
    phantoms: { ...document.phantoms, films: 40 },
    bars: document.bars.map((bar) => ({
      ...bar,
      ...(bar.measure === "MILLISECONDS" ? { limit: 60_000 } : {}),
      ...(bar.set === "EVERGREEN" && bar.measure === "ECE"
        ? { limit: 0.1 + Math.round(Math.random() * 900) / 10_000 }
        : {}),
    })),
  };
  await admin.ask(
    "mutation ($input: SaveBarsInput!) { saveBars(input: $input) { version } }",
    {
      input: {
        siteId: site?.id,
        document: changed,
        baseVersion: version,
        reason: "A journey is in a hurry.",
      },
    },
  );
}
