import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { aNewReader, caller } from "./desk-api.ts";
import { address, hasBrowser, signIn, signInAs } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

const FIRST = "Dr Minh Le";
const SECOND = "Dr Sofia Marin";
const THIRD = {
  email: "third@demo.lung-iris",
  name: "Dr Hana Vo",
  password: "slate heron 4 willow",
};
const REASON = "the left hilum";

/** A film that the first reader signed as normal and the AI calls negative. */
async function aSignedNormal(): Promise<string> {
  const staff = await caller("staff@demo.lung-iris");
  const { worklist } = await staff.ask(
    `{ worklist(filter: { labels: [NORMAL], aiPositive: false }, first: 50) {
      edges { node { id signedVersions { reader { name } } secondRead } } } }`,
  );
  const { edges } = worklist as {
    edges: {
      node: {
        id: string;
        secondRead: string | null;
        signedVersions: { reader: { name: string } }[];
      };
    }[];
  };
  const found = edges.find(
    ({ node }) =>
      node.secondRead === null &&
      node.signedVersions.every(({ reader }) => reader.name === FIRST),
  );
  if (found === undefined) throw new Error("the first reader signed no normal");
  return found.node.id;
}

/** Everything that is written on the page. */
const textOf = (page: Page) => page.locator("body").innerText();

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
}

test("a second reader reads blind to the first, and a third decides between the two, by keyboard", async ({
  browser,
}) => {
  test.setTimeout(600_000);
  const id = await aSignedNormal();
  await aNewReader(THIRD.email, THIRD.name, THIRD.password);
  const pageOf = async () => (await browser.newContext()).newPage();

  // The signer asks for a second pair of eyes.
  const first = await pageOf();
  await signIn(first, "radiologist", `/cases/${id}`);
  await expect(
    first.getByRole("button", { name: /Ask for a second reading/ }),
  ).toBeVisible();
  await first.keyboard.press("Shift+R");
  await first.getByLabel("Why?").fill(REASON);
  await isAccessible(first);
  await first.keyboard.press("Tab");
  await first.keyboard.press("Tab");
  await first.keyboard.press("Enter");
  await expect(first.getByText("Waits for a second reader")).toBeVisible();
  // It stays signed for him, and he finds nothing to read a second time.
  await expect(first.getByText("Confirms the AI")).toBeVisible();
  await first.goto(`${address()}/worklist?view=second-reads`);
  await expect(first.getByText("No second readings wait")).toBeVisible();

  // The second reader finds it, and nothing of what was signed.
  const second = await pageOf();
  await signIn(second, "radiologist2", "/worklist?view=second-reads");
  await expect(second.getByText("second reading due")).toHaveCount(1);
  expect(await textOf(second)).not.toContain("signed: normal");
  await second.keyboard.press("j");
  await second.keyboard.press("Enter");
  await expect(second.getByText("A second reading is due")).toBeVisible();
  await isAccessible(second);
  for (const told of [FIRST, REASON, "Confirms the AI"])
    expect(await textOf(second)).not.toContain(told);
  await second.getByRole("tab", { name: "History" }).click();
  await expect(second.getByText(/came onto the worklist/)).toBeVisible();
  for (const told of [FIRST, REASON])
    expect(await textOf(second)).not.toContain(told);
  await second.getByRole("tab", { name: "Read" }).click();
  await second.locator("body").click({ position: { x: 5, y: 400 } });
  await second.keyboard.press("c");
  await expect(second.getByText(/claimed by you/)).toBeVisible();
  await expect(second.getByText(/done without the AI/)).toBeVisible();
  await second.keyboard.press("2");
  await second.keyboard.press("s");
  await second.getByRole("dialog").waitFor();
  await second.keyboard.press("Enter");
  // With the signature the first one opens.
  await expect(second.getByText("Two readings differ")).toBeVisible();
  await expect(second.getByText(FIRST).first()).toBeVisible();

  // The third reader sees both and no name.
  const third = await pageOf();
  await signInAs(third, THIRD.email, THIRD.password);
  await third.goto(`${address()}/worklist?view=second-reads`);
  await expect(third.getByText("two differ, third due")).toHaveCount(1);
  await third.keyboard.press("n");
  await expect(
    third.getByText("You decide between two readings"),
  ).toBeVisible();
  const both = third.getByRole("region", { name: "Two readings" });
  await expect(both.getByRole("heading", { level: 3 })).toHaveText([
    "Reading 1",
    "Reading 2",
  ]);
  await expect(both.getByText("Normal", { exact: true })).toBeVisible();
  await expect(both.getByText("Pneumonia").first()).toBeVisible();
  for (const told of [FIRST, SECOND, REASON])
    expect(await textOf(third)).not.toContain(told);
  await isAccessible(third);
  await third.keyboard.press("1");
  await third.keyboard.press("r");
  await expect(third.getByTestId("ai-result")).toBeVisible();
  await third.keyboard.press("s");
  await third.getByRole("dialog").waitFor();
  await third.keyboard.press("Enter");
  await expect(third.getByText("a third reader has decided")).toBeVisible();

  await first.goto(`${address()}/cases/${id}`);
  await expect(first.getByText("a third reader has decided")).toBeVisible();
  await expect(first.getByText(THIRD.name).first()).toBeVisible();
});

test("who looks at what was signed may not read it a second time", async ({
  page,
}) => {
  const id = await aSignedNormal();
  const staff = await caller("staff@demo.lung-iris");
  await staff.ask(
    'mutation ($id: ID!) { requestSecondReading(caseId: $id, reason: "a journey") { id } }',
    { id },
  );
  await signIn(page, "radiologist2", `/cases/${id}`);
  await expect(page.getByText("A second reading is due")).toBeVisible();
  await page.keyboard.press("Shift+S");
  await page.getByRole("button", { name: "Show it" }).click();
  await expect(page.getByText("Waits for a second reader")).toBeVisible();
  await expect(page.getByText(FIRST).first()).toBeVisible();
  await page.keyboard.press("c");
  await expect(page.getByText(/claimed by you/)).toHaveCount(0);
  await page.goto(`${address()}/worklist?view=second-reads`);
  await expect(page.getByText("No second readings wait")).toBeVisible();
});
