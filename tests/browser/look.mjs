// look.mjs REPORT SHOTS: the report in a real browser, as people use it: filter, sort, follow
// to a dossier and back, by keyboard alone, on a telephone, in the dark, on paper, without
// scripts. No page may ask for anything outside, none may break a rule of axe. Prints one line
// a failure and ends with "N passed, N failed".
import fs from 'node:fs';
import path from 'node:path';
import { dir, ok, open, shut, shot, rules, fits, reach, print, end, telephone, dark } from './browser.mjs';

const visible = (page) => page.locator('table.list tbody tr:visible').count();

// The portfolio: filter, sort, follow, back.
let page = await open('index.html');
const all = await visible(page);
ok(all > 3, 'the portfolio lists entities');
const name = (await page.locator('table.list tbody tr a').nth(1).textContent()).trim();
await page.getByRole('searchbox').fill(name.toUpperCase());
ok(await visible(page) >= 1 && await visible(page) < all, 'the filter leaves those that are meant');
ok((await page.getByRole('status').textContent()).includes(` of ${all} shown`), 'and says how many');
await page.getByRole('searchbox').fill('');
ok(await visible(page) === all, 'an empty filter shows all');
const list = page.locator('table.list').last();
const names = async () => (await list.locator('tbody tr').allTextContents()).map((t) => t.replace(/^\s*\d+\s*/, ''));
const head = list.locator('thead button').nth(1);
await head.click();
const up = await names();
ok(await list.locator('th[aria-sort=ascending]').count() === 1, 'a column says that it is sorted');
await head.click();
ok(JSON.stringify(await names()) === JSON.stringify(up.slice().reverse()), 'sorting again turns the order round');
await shot(page, 'portfolio');
await rules(page, 'portfolio');
await page.locator('table.list tbody tr a').first().click();
ok(page.url().includes('/entity/'), 'a name leads to its dossier');
const title = await page.title();
ok(title.length > 0 && await page.locator('h1').count() === 1, 'which has a title and one heading of the first order');
await shot(page, 'dossier');
await rules(page, 'dossier');
await page.getByRole('navigation').getByRole('link').first().click();
ok(page.url().endsWith('/index.html'), 'and a way back');
await shut(page);

// Every dossier keeps the rules; every link inside leads somewhere.
page = await open('index.html');
const links = [...new Set(await page.locator('a[href]').evaluateAll((a) => a.map((x) => x.getAttribute('href'))))].filter((h) => !/^[a-z]+:/.test(h));
for (const h of links) ok(fs.existsSync(path.join(dir, decodeURI(h.split('#')[0] || 'index.html'))), `${h} is not there`);
await shut(page);
const dossiers = fs.readdirSync(path.join(dir, 'entity')).filter((f) => f.endsWith('.html')).sort();
for (const f of dossiers.filter((_, i) => i % Math.ceil(dossiers.length / 8) === 0)) {
  page = await open(`entity/${f}`);
  await rules(page, f);
  await shut(page);
}

// By keyboard alone: to the filter, to a column, to a dossier.
page = await open('index.html');
ok(await reach(page, () => document.activeElement.type === 'search', 40), 'the filter is reached by Tab');
ok(await reach(page, () => document.activeElement.className === 'sort', 10), 'and a column head');
await page.keyboard.press('Enter');
ok(await page.locator('th[aria-sort]').count() === 1, 'which Enter sorts');
ok(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none'), 'what has the focus shows it');
ok(await reach(page, () => (document.activeElement.getAttribute('href') || '').startsWith('entity/'), 40), 'a dossier is reached by Tab');
await Promise.all([page.waitForURL(/entity/), page.keyboard.press('Enter')]);
ok(page.url().includes('/entity/'), 'and opened by Enter');
await shut(page);

// On a telephone, in the dark, without scripts, on paper.
for (const [kind, options] of [['390', telephone], ['dark', dark]]) {
  for (const [what, file] of [['portfolio', 'index.html'], ['dossier', `entity/${dossiers[0]}`]]) {
    page = await open(file, options);
    await fits(page, `${what} ${kind}`);
    await shot(page, `${what}-${kind}`);
    await rules(page, `${what} ${kind}`);
    await shut(page);
  }
}
page = await open('index.html', { javaScriptEnabled: false });
ok(await visible(page) === all && await page.locator('input:visible').count() === 0, 'without scripts everything is there, and no filter that does nothing');
await shut(page);
page = await open(`entity/${dossiers[0]}`);
ok(await print(page, 'dossier') >= 1, 'a dossier prints to a PDF');
await shut(page);
await end();
