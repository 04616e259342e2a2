import type { Locator, Page } from 'playwright-core';

/** How somebody uses a page: with a pointer, or with the keyboard alone. */
export interface Hand {
  /** Presses a link, a button, a box or what unfolds. */
  press(what: Locator): Promise<void>;
  type(into: Locator, text: string): Promise<void>;
}

export const pointer: Hand = {
  press: (what) => what.click(),
  type: (into, text) => into.fill(text),
};

/** An element, as far as it is asked in the browser. */
interface Field {
  readonly type?: string;
  readonly name?: string;
  readonly ownerDocument: { readonly activeElement: Field | null };
}

const isActive = (one: Field) => one.ownerDocument.activeElement === one;
const isBesidesActive = (one: Field) => {
  const active = one.ownerDocument.activeElement;
  return one.type === 'radio' && active?.type === 'radio' && active.name === one.name;
};

/** More stops than any page has. */
const stopsAtMost = 400;

/** Nothing but Tab, Space, Enter and letters: what the Tab key does not come to cannot be used. */
export const keyboard: Hand = {
  async press(what) {
    await tabTo(what);
    const kind = await kindOf(what);
    await what.page().keyboard.press(kind === 'checkbox' || kind === 'radio' ? 'Space' : 'Enter');
  },
  async type(into, text) {
    await tabTo(into);
    if ((await kindOf(into)) === 'date') return typeDay(into, text);
    await into.page().keyboard.press('ControlOrMeta+A');
    await into.page().keyboard.type(text);
  },
};

/** Part by part, in the order in which the browser's own language has them. */
async function typeDay(into: Locator, day: string): Promise<void> {
  const { keyboard: keys } = into.page();
  const [year = '', month = '', date = ''] = day.split('-');
  for (const parts of [
    [year, month, date],
    [month, date, year],
  ]) {
    for (const [place, part] of parts.entries()) {
      await keys.type(part);
      // The year waits for more digits, the others go on by themselves.
      if (part.length === 4 && place < 2) await keys.press('ArrowRight');
    }
    if ((await into.inputValue()) === day) return;
    for (let left = 0; left < 2; left += 1) await keys.press('ArrowLeft');
  }
  throw new Error(`${day} cannot be typed into ${String(into)}`);
}

/** @throws Error when the keyboard does not come to it */
async function tabTo(what: Locator): Promise<void> {
  await what.waitFor();
  const page = what.page();
  for (let stop = 0; stop < stopsAtMost; stop += 1) {
    if (await isReached(what, page)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not come to ${String(what)}`);
}

/** Of radio buttons Tab comes to one alone; from there the arrows go on. */
async function isReached(what: Locator, page: Page): Promise<boolean> {
  if (await what.evaluate(isActive)) return true;
  const besides = await what.evaluate(isBesidesActive);
  if (!besides) return false;
  for (let turn = 0; turn < 10; turn += 1) {
    await page.keyboard.press('ArrowDown');
    if (await what.evaluate(isActive)) return true;
  }
  return false;
}

function kindOf(what: Locator): Promise<string> {
  return what.evaluate((one: Field) => one.type ?? '');
}
