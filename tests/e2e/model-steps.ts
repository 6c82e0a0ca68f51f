import { expect, type Page } from "@playwright/test";
import { address } from "./desk.ts";
import type { Caller } from "./desk-api.ts";

/** Opens the page of models at one of them. */
export async function choose(page: Page, name: string): Promise<void> {
  await page.goto(`${address()}/models`);
  await page.getByRole("button", { name, exact: true }).click();
  await expect(page.getByRole("region", { name, exact: true })).toBeVisible();
}

/** Says why, where something is asked, and does it. */
export async function submit(
  page: Page,
  action: string,
  why?: string,
): Promise<void> {
  const dialog = page.getByRole("dialog");
  if (why !== undefined) await dialog.getByLabel("Why").fill(why);
  await dialog.getByRole("button", { name: action, exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

/** As many reference films as the shipped bars need at least, at any speed. */
export async function fewerFilms(admin: Caller): Promise<void> {
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
