// others.mjs DIR SHOTS: the other pages in a real browser: lots, statements, plans, field
// sheets, pages in French. None may break a rule of axe, ask for anything, be wider than a
// telephone, or fail in the dark; lots are read by keyboard alone and print to one sheet.
// One line a failure, then "N passed, N failed".
import fs from 'node:fs';
import path from 'node:path';
import { dir, ok, open, shut, shot, rules, fits, reach, print, end, telephone, dark } from './browser.mjs';

const pagesOf = (folder) => fs.readdirSync(path.join(dir, folder)).filter((f) => f.endsWith('.html')).sort().map((f) => path.join(folder, f));
const [two, four] = pagesOf('lots/lot');
const pages = { lots: 'lots/index.html', lot: two, 'lot-four': four, statement: 'statement/statement.html', plan: 'plan/plan.html',
  field: pagesOf('plan/field')[0], french: 'french/index.html', 'french-statement': 'declaration/statement.html', 'chinese-plan': 'plan-zh/plan.html', 'french-dossier': pagesOf('french/entity')[0] };
const ways = { '': {}, 390: telephone, dark };
for (const [what, file] of Object.entries(pages))
  for (const [kind, options] of Object.entries(ways)) {
    const page = await open(file, options), name = kind ? `${what}-${kind}` : what;
    await fits(page, name);
    ok(await page.locator('h1').count() === 1 && (await page.title()).length > 0, `${name}: a title and one heading of the first order`);
    await shot(page, name);
    await rules(page, name);
    await shut(page);
  }
let page = await open(pages.french);
ok(await page.locator('html').getAttribute('lang') === 'fr', 'a French page says that it is French');
await shut(page);

// What is signed is one sheet.
for (const [name, file] of [['two bidders and a site', two], ['four bidders', four]]) {
  page = await open(file);
  const sheets = await print(page, path.basename(file, '.html'));
  ok(sheets === 1, `a lot with ${name} prints to one sheet of A4, not ${sheets}`);
  await shut(page);
}

// A name from right to left.
page = await open(four);
const name = page.locator('bdi', { hasText: /[\u0590-\u05ff]/ });
ok(await name.count() >= 1, 'a Hebrew name is kept apart from the words beside it');
const [at, behind] = await name.first().evaluate((e) => [e, e.closest('p').querySelector('.soft')].map((x) => x.getBoundingClientRect().x));
ok(behind > at, 'and they stand behind it');
await shut(page);

// By keyboard alone: from the lots to a lot, to a bidder's dossier.
page = await open(pages.lots);
ok(await reach(page, () => (document.activeElement.getAttribute('href') || '').startsWith('lot/'), 40), 'a lot is reached by Tab');
await Promise.all([page.waitForURL(/lot\//), page.keyboard.press('Enter')]);
ok(await reach(page, () => (document.activeElement.getAttribute('href') || '').includes('entity/'), 40), 'and from it a dossier');
ok(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none'), 'what has the focus shows it');
await Promise.all([page.waitForURL(/entity/), page.keyboard.press('Enter')]);
ok(page.url().includes('/entity/'), 'which Enter opens');
await shut(page);
await end();
