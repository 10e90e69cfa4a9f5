/** Typing on the keyboard that a terminal shows on its screen. */
import type { Locator, Page } from 'playwright-core';

/** The way from a plain letter to one with marks: ễ is e, ê, ễ; Đ is D, Đ. */
function stepsTo(letter: string): string[] {
  const plain: Record<string, string> = { Đ: 'D', đ: 'd', Ł: 'L', ł: 'l', ø: 'o', Þ: 'T' };
  const own = plain[letter];
  if (own !== undefined) return [own, letter];
  const marks = [...letter.normalize('NFD')];
  // A mark below stands before one above in the normal form, but is put on last.
  const [base = '', ...rest] = marks;
  const order = rest.sort((one, other) => Number(one === '\u0323') - Number(other === '\u0323'));
  const steps = [base];
  for (const mark of order) steps.push(((steps.at(-1) ?? '') + mark).normalize('NFC'));
  return steps;
}

/**
 * Presses the keys that make a text; letters with marks are picked from the row after the plain letter.
 * @param press how somebody presses one of the keys
 */
export async function typeOnScreen(
  page: Page,
  text: string,
  press: (key: Locator) => Promise<void>,
): Promise<void> {
  const keyFor = (value: string): Locator => page.locator(`am-keyboard button[value="${value}"]`);
  const tap = async (value: string): Promise<void> => {
    // Back from signs to letters, to the other letters, or to the signs.
    for (const way of ['<letters>', '<shift>', '<signs>'])
      if ((await keyFor(value).count()) === 0 && (await keyFor(way).count()) > 0) await press(keyFor(way));
    await press(keyFor(value).first());
  };
  for (const letter of text) {
    if (letter === ' ') await tap('<space>');
    else if (/[a-zäöüß0-9'@._/+-]/i.test(letter)) await tap(letter);
    else {
      const steps = stepsTo(letter);
      await tap(steps[0] ?? '');
      if (steps.length === 1) continue;
      if ((await keyFor('<marks>').getAttribute('aria-pressed')) === 'false') await press(keyFor('<marks>'));
      for (const step of steps.slice(1)) {
        // There are more than fit into a row.
        if ((await keyFor(`<put>${step}`).count()) === 0) await press(keyFor('<more>'));
        await tap(`<put>${step}`);
      }
    }
  }
}
