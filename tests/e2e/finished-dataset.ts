import { expect } from "@playwright/test";
import { z } from "zod";
import type { Caller } from "./desk-api.ts";

/** A hundred films, on a machine that does other things. */
const WRITTEN_MS = 240_000;

const sites = z.object({
  viewer: z.object({ sites: z.array(z.object({ id: z.string() })) }),
});
const created = z.object({
  createDataset: z.object({ id: z.string(), total: z.number() }),
});
const progress = z.object({
  dataset: z.object({
    state: z.string(),
    error: z.string().nullable(),
    leaks: z.array(z.unknown()),
  }),
});

/** A dataset of the demo's site, once its file can be fetched. */
export async function finishedDataset(
  admin: Caller,
  name: string,
  filter: object = {},
): Promise<{ id: string; total: number }> {
  const { viewer } = sites.parse(
    await admin.ask("{ viewer { sites { id } } }"),
  );
  const { createDataset } = created.parse(
    await admin.ask(
      `mutation ($name: String!, $filter: DatasetFilter!) {
        createDataset(name: $name, filter: $filter) { id total } }`,
      { name, filter: { siteId: viewer.sites[0]?.id, ...filter } },
    ),
  );
  const { id } = createDataset;
  await expect
    .poll(
      async () => {
        const { dataset } = progress.parse(
          await admin.ask(
            "query ($id: ID!) { dataset(id: $id) { state error leaks { entry place kind } } }",
            { id },
          ),
        );
        const { state, ...why } = dataset;
        return state === "FAILED" ? why : state;
      },
      { timeout: WRITTEN_MS },
    )
    .toBe("READY");
  return createDataset;
}
