// pages.mjs REPORT SHOTS: a portfolio that one page does not hold. From the portfolio to the
// lists, to a page of them, onwards, to a dossier; by keyboard, without scripts, on a
// telephone, in the dark. Prints one line a failure and ends with "N passed, N failed".
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';

const [report, shots] = process.argv.slice(2).map((p) => path.resolve(p));
const require = createRequire(path.join(process.env.MODULES, 'x.js'));
const { chromium } = require('playwright-core');
const { AxeBuilder } = require('@axe-core/playwright');
let passed = 0, failed = 0;
const ok = (good, name) => { if (good) passed++; else { failed++; console.log(`FAILED: ${name}`); } };
fs.mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
const asked = [];
async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, offline: true, ...options });
  const page = await context.newPage();
  page.on('request', (r) => { if (!r.url().startsWith('file:') || r.resourceType() !== 'document') asked.push(r.url()); });
  page.on('pageerror', (e) => ok(false, `${file}: ${e.message}`));
  await page.goto(pathToFileURL(path.join(report, file)).href);
  return page;
}
const shot = (page, name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
async function rules(page, name) {
  const found = (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()).violations;
  for (const v of found) console.log(`  ${name}: ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 160)}`);
  ok(found.length === 0, `${name}: ${found.length} rules of accessibility broken`);
}

// Without scripts, by links alone.
let page = await open('index.html', { javaScriptEnabled: false });
await page.locator('a[href="list/index.html"]').first().click();
ok(page.url().endsWith('/list/index.html'), 'the portfolio leads to the full lists');
await page.getByRole('link', { name: 'Bangladesh' }).click();
ok((await page.title()).startsWith('Bangladesh'), 'a country leads to its page');
ok(await page.locator('input:visible').count() === 0, 'without scripts there is no filter that does nothing');
ok(await page.locator('table.list tbody tr').count() === 500, 'which has all of that country');
await page.locator('table.list tbody a').first().click();
ok(page.url().includes('/entity/'), 'and leads to a dossier');
await page.context().close();
page = await open('list/order-1.html', { javaScriptEnabled: false });
await page.getByRole('link', { name: 'Page 2' }).click();
ok(page.url().endsWith('order-2.html'), 'a page leads to the next');
await page.context().close();

// With the filter.
page = await open('list/name-1.html');
await page.getByRole('searchbox').fill('works 1000');
const left = await page.locator('table.list tbody tr:visible').count();
ok(left >= 1 && left < 1000, 'the filter leaves those that are meant');
await page.context().close();

for (const [what, file] of [['large', 'index.html'], ['lists', 'list/index.html'], ['country', 'list/country-il-1.html']])
  for (const [kind, options] of [['', {}], ['-390', { viewport: { width: 390, height: 800 } }], ['-dark', { colorScheme: 'dark' }]]) {
    page = await open(file, options);
    ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${what}${kind}: wider than its window`);
    if (what === 'large') await page.locator('#spread').evaluate((e) => e.scrollIntoView());
    await shot(page, what + kind);
    // axe takes minutes for a thousand rows; look.mjs tries the same page with eight.
    if (what !== 'large') await rules(page, what + kind);
    await page.context().close();
  }

// By keyboard alone: a country of the lists.
page = await open('list/index.html');
let reached = false;
for (let i = 0; i < 40 && !reached; i++) {
  await page.keyboard.press('Tab');
  reached = await page.evaluate(() => (document.activeElement.getAttribute('href') || '').startsWith('country-'));
}
ok(reached, 'a country is reached by Tab');
await Promise.all([page.waitForURL(/country-/), page.keyboard.press('Enter')]);
ok(page.url().includes('country-'), 'and opened by Enter');
await page.context().close();
ok(asked.length === 0, `pages ask for ${asked.length} things outside: ${asked[0]}`);
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
