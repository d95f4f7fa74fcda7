// What axe finds wrong with a page, in the levels of WCAG 2.2 AA and its own best practices.
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

/** One line a violation: rule, what it is about, where. Empty is good. What is found while a page still changes is looked at once more. */
export async function violationsOf(page: Page): Promise<string[]> {
  const found = await look(page);
  if (found.length === 0) return found;
  await page.waitForTimeout(500);
  return look(page);
}

async function look(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source); // half a megabyte, once a document
  const results = (await page.evaluate("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })")) as AxeResults;
  return results.violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`));
}
