import { randomInt } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { address, signIn } from "./desk.ts";
import { caller, type Caller } from "./desk-api.ts";

/** How long the AI may take for one film on a busy machine. */
const ASSESSED_MS = 60_000;

/** The AI calls most of the drawn opacities positive, not each. */
const MOST_FILMS = 6;

/**
 * Brings in a film that the AI calls positive, of a patient of its own, and
 * opens its case; the demo has few of them.
 *
 * @param reader who signs in for it; who is signed in where absent
 * @returns the patient's name
 */
export async function openUnread(page: Page, reader?: string): Promise<string> {
  const path = `/cases/${await positiveCase()}`;
  if (reader === undefined) await page.goto(address() + path);
  else await signIn(page, reader, path);
  await expect(page.locator("[data-painted]").first()).toBeVisible();
  return page.locator("h1").first().innerText();
}

/** The same without opening it: the case's id. */
export async function positiveCase(): Promise<string> {
  const staff = await caller("staff@demo.lung-iris");
  for (let film = 0; film < MOST_FILMS; film++) {
    const id = await bringIn(staff);
    if (await isPositive(staff, id)) return id;
  }
  throw new Error(`of ${String(MOST_FILMS)} opacities the AI saw none`);
}

function bringIn(staff: Caller): Promise<string> {
  const seed = randomInt(1_000_000);
  const name = `unread-${String(seed)}`;
  const film = makePhantom({ seed, size: 512, pathology: "consolidation" });
  const bytes = encodePhantomDicom(film, {
    familyName: "UNREAD",
    givenName: String(seed),
    id: name,
    sex: "F",
    birthDate: "19700302",
  });
  return staff.bringIn(`${name}.dcm`, bytes);
}

async function isPositive(staff: Caller, id: string): Promise<boolean> {
  const answer = async () => {
    const { case: row } = await staff.ask(
      "query ($id: ID!) { case(id: $id) { assessment probability threshold } }",
      { id },
    );
    return row as {
      assessment: string;
      probability: number | null;
      threshold: number | null;
    };
  };
  await expect
    .poll(async () => (await answer()).assessment, { timeout: ASSESSED_MS })
    .not.toBe("PENDING");
  const { probability, threshold } = await answer();
  return probability !== null && probability >= (threshold ?? 1);
}
