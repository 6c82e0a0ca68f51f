import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** The page as it stands has no barrier that axe knows, in either theme. */
export async function expectAccessible(page: Page): Promise<void> {
  const found: string[] = [];
  for (const theme of ["light", "dark"]) {
    await page.evaluate(
      `document.documentElement.setAttribute("data-mantine-color-scheme", "${theme}")`,
    );
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations)
      found.push(`${theme} ${id}: ${nodes[0]?.html ?? ""}`);
  }
  expect(found).toEqual([]);
}
