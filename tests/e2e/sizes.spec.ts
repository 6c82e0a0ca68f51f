import { type Page, expect, test } from "@playwright/test";
import { address, chooseLanguage, hasBrowser, signIn } from "./desk.ts";
import { openUnread } from "./unread-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** A telephone, a tablet, three screens, and the smallest of them at 200 %. */
const SIZES = [
  [390, 844],
  [640, 400],
  [820, 1180],
  [1280, 800],
  [1920, 1080],
  [2560, 1440],
] as const;

const PAGES = {
  nobody: ["/sign-in"],
  staff: [
    "/worklist",
    "/upload",
    "/board",
    "/critical",
    "/patients/duplicates",
    "/procedures",
    "/profile",
    "/notifications",
  ],
  radiologist: ["/worklist", "a case", "an answer", "/my-reading", "/macros"],
  admin: [
    "/users",
    "/models",
    "/policies",
    "/export",
    "/agreement",
    "/procedures",
    "/monitoring",
    "/thresholds",
    "/pools",
    "/training",
    "/notifications",
  ],
  auditor: ["/audit"],
} as const;

/** What of the browser the function below uses; the tests run in Node. */
interface PageElement {
  parentElement: PageElement | null;
  childNodes: Iterable<{ nodeType: number; textContent: string | null }>;
  textContent: string | null;
  scrollWidth: number;
  clientWidth: number;
  closest(selector: string): PageElement | null;
  getBoundingClientRect(): Record<
    "left" | "right" | "width" | "height",
    number
  >;
}
declare const document: {
  documentElement: PageElement;
  body: PageElement;
  querySelectorAll(selector: string): Iterable<PageElement>;
};
declare const innerWidth: number;
declare function getComputedStyle(
  element: PageElement,
): Record<"overflowX" | "visibility" | "position", string>;
const TEXT_NODE = 3;

/**
 * What the page shows in part only: text cut off by its own box or by one
 * around it, what stands outside of the window, a page that moves sideways.
 * What can be moved into sight by its own bar is whole.
 */
function cutOff(textNode: number): string[] {
  const found = new Set<string>();
  const { documentElement: root, body } = document;
  if (root.scrollWidth > innerWidth + 1)
    found.add(`the page is ${root.scrollWidth} px wide`);
  const moves = (element: PageElement): boolean =>
    /auto|scroll/.test(getComputedStyle(element).overflowX);
  const around = (element: PageElement): PageElement[] => {
    const parent = element.parentElement;
    return parent === null || parent === body
      ? []
      : [parent, ...around(parent)];
  };
  for (const element of document.querySelectorAll("body *")) {
    const hasText = [...element.childNodes].some(
      (node) => node.nodeType === textNode && node.textContent?.trim(),
    );
    if (!hasText || element.closest("[aria-hidden=true], svg") !== null)
      continue;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const isSeen =
      box.width > 2 && box.height > 2 && style.visibility !== "hidden";
    if (!isSeen || style.position === "absolute") continue;
    const outside = around(element);
    // Parts for screen readers only are taken out of the flow.
    const isForReaders = outside.some((outer) => {
      const { width, height } = outer.getBoundingClientRect();
      return width <= 2 && height <= 2;
    });
    if (isForReaders) continue;
    const text = (element.textContent ?? "").trim().slice(0, 60);
    if (style.overflowX !== "visible" && !moves(element)) {
      if (element.scrollWidth > element.clientWidth + 1)
        found.add(`"${text}" is cut off`);
    }
    for (const outer of outside) {
      if (moves(outer)) break;
      const edge = outer.getBoundingClientRect();
      const hides = ["hidden", "clip"].includes(
        getComputedStyle(outer).overflowX,
      );
      if (hides && edge.width > 2 && box.right > edge.right + 2)
        found.add(`"${text}" runs past its frame`);
    }
    if (box.left < innerWidth && box.right > innerWidth + 2)
      if (!outside.some(moves)) found.add(`"${text}" runs out of the window`);
  }
  return [...found];
}

async function open(page: Page, path: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 800 });
  if (path === "an answer") return openAnswer(page);
  await page.goto(`${address()}${path === "a case" ? "/worklist" : path}`);
  if (path === "a case") {
    await page.locator('a[href^="/cases/"]').first().click();
    await page.waitForURL(/\/cases\//);
  }
  await expect(page.getByRole("main")).toBeVisible();
  await page.waitForLoadState("networkidle");
}

/** A case whose AI the reader has seen and agrees with, on its own line. */
async function openAnswer(page: Page): Promise<void> {
  await openUnread(page);
  await page.keyboard.press("2");
  await page.keyboard.press("r");
  await expect(page.getByTestId("ai-result")).toBeVisible();
}

/** For the journeys behind this one: nobody holds what he does not read. */
async function handBack(page: Page): Promise<void> {
  const given = page.waitForResponse((response) =>
    (response.request().postData() ?? "").includes("ReleaseCase"),
  );
  await page.keyboard.press("u");
  await given;
}

const people = Object.keys(PAGES) as (keyof typeof PAGES)[];
for (const person of people)
  for (const language of ["en", "vi"])
    test(`no page of ${person} cuts a word off at any size, in ${language}`, async ({
      page,
    }) => {
      test.slow();
      if (person === "nobody") await chooseLanguage(page, language);
      else await signIn(page, person, PAGES[person][0], language);
      const cut: string[] = [];
      for (const path of PAGES[person]) {
        await open(page, path);
        for (const [width, height] of SIZES) {
          await page.setViewportSize({ width, height });
          // Layout follows within two frames; charts and the film after them.
          await page.waitForTimeout(400);
          for (const what of await page.evaluate(cutOff, TEXT_NODE))
            cut.push(`${path} at ${width}: ${what}`);
        }
        if (path === "an answer") await handBack(page);
      }
      expect(cut).toEqual([]);
    });
