/** The accessibility engine of IBM's Equal Access Toolkit, which looks at some things that axe leaves alone. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const ENGINE = readFileSync(
  createRequire(import.meta.url).resolve('accessibility-checker-engine/ace.js'),
  'utf8',
);

interface Result {
  ruleId: string;
  value: [level: string, outcome: string];
  path: { dom: string };
  message: string;
}

/** Rules in which the engine errs, and why. */
const WRONG: Readonly<Record<string, string>> = {
  aria_form_label_unique: 'a form without a name has no role (HTML-AAM): there are no two of the same name',
};

/** Runs the engine in the page, by WCAG 2.2. @returns what it is sure is wrong; what is to be looked at by people is not */
export async function ibm(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'ace' in window))) await page.evaluate(`${ENGINE}\nwindow.ace = ace;`);
  const results = await page.evaluate(async () => {
    interface Engine {
      Checker: new () => { check(where: Document, rules: string[]): Promise<{ results: Result[] }> };
    }
    // It misses the label of a field that is folded away.
    for (const menu of document.querySelectorAll('details')) menu.open = true;
    const { ace } = window as unknown as { ace: Engine };
    const { results: all } = await new ace.Checker().check(document, ['WCAG_2_2']);
    return all
      .filter(({ value }) => value[0] === 'VIOLATION' && value[1] === 'FAIL')
      .map(({ ruleId, value, path, message }) => ({ ruleId, value, path, message }));
  });
  return results
    .filter(({ ruleId }) => !(ruleId in WRONG))
    .map(({ ruleId, path, message }) => `IBM ${ruleId}: ${path.dom} (${message})`);
}
