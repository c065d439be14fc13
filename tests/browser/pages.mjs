// pages.mjs REPORT SHOTS: a portfolio that one page does not hold. From the portfolio to the
// lists, to a page of them, onwards, to a dossier; by keyboard, without scripts, on a
// telephone, in the dark, with names from right to left. One line a failure, then
// "N passed, N failed".
import { ok, open, shut, shot, rules, fits, reach, end, telephone, dark } from './browser.mjs';

const plain = { javaScriptEnabled: false };

// Without scripts, by links alone.
let page = await open('index.html', plain);
await page.locator('a[href="list/index.html"]').first().click();
ok(page.url().endsWith('/list/index.html'), 'the portfolio leads to the full lists');
await page.getByRole('link', { name: 'Bangladesh' }).click();
ok((await page.title()).startsWith('Bangladesh'), 'a country leads to its page');
ok(await page.locator('input:visible').count() === 0, 'without scripts there is no filter that does nothing');
ok(await page.locator('table.list tbody tr').count() === 500, 'which has all of that country');
await page.locator('table.list tbody a').first().click();
ok(page.url().includes('/entity/'), 'and leads to a dossier');
await shut(page);
page = await open('list/order-1.html', plain);
await page.getByRole('link', { name: 'Page 2' }).click();
ok(page.url().endsWith('order-2.html'), 'a page leads to the next');
await shut(page);

// With the filter.
page = await open('list/name-1.html');
await page.getByRole('searchbox').fill('works 1000');
const left = await page.locator('table.list tbody tr:visible').count();
ok(left >= 1 && left < 1000, 'the filter leaves those that are meant');
await shut(page);

for (const [what, file] of [['large', 'index.html'], ['lists', 'list/index.html'], ['country', 'list/country-il-1.html']])
  for (const [kind, options] of [['', {}], ['-390', telephone], ['-dark', dark]]) {
    page = await open(file, options);
    await fits(page, what + kind);
    if (what === 'large') await page.locator('#spread').evaluate((e) => e.scrollIntoView());
    await shot(page, what + kind, false);
    // axe takes minutes for a thousand rows; look.mjs tries the same page with eight.
    if (what !== 'large') await rules(page, what + kind);
    await shut(page);
  }

// A name from right to left stands in its own direction, and what is about it in the page's.
page = await open('list/country-il-1.html');
const name = page.locator('table.list tbody bdi', { hasText: /[\u0590-\u05ff]/ });
ok(await name.count() === 1, 'a Hebrew name is on the page of its country, apart from the words beside it');
await name.scrollIntoViewIfNeeded();
await shot(page, 'right-to-left', false);
await shut(page);

// By keyboard alone: a country of the lists.
page = await open('list/index.html');
ok(await reach(page, () => (document.activeElement.getAttribute('href') || '').startsWith('country-'), 40), 'a country is reached by Tab');
await Promise.all([page.waitForURL(/country-/), page.keyboard.press('Enter')]);
ok(page.url().includes('country-'), 'and opened by Enter');
await shut(page);
await end();
