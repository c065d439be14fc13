// look.mjs REPORT SHOTS: the report in a real browser, as people use it: filter, sort, follow
// to a dossier and back, by keyboard alone, on a telephone, in the dark, on paper, without
// scripts. No page may ask for anything outside, none may break a rule of axe. Prints one line
// a failure and ends with "N passed, N failed".
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
const address = (file) => pathToFileURL(path.join(report, file)).href;
fs.mkdirSync(shots, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
const asked = [];
async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, offline: true, ...options });
  const page = await context.newPage();
  page.on('request', (r) => { if (!r.url().startsWith('file:') || r.resourceType() !== 'document') asked.push(r.url()); });
  page.on('pageerror', (e) => ok(false, `${file}: ${e.message}`));
  await page.goto(address(file));
  return page;
}
const shot = (page, name) => page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
const visible = (page) => page.locator('table.list tbody tr:visible').count();
async function rules(page, name) {
  const found = (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()).violations;
  for (const v of found) console.log(`  ${name}: ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 160)}`);
  ok(found.length === 0, `${name}: ${found.length} rules of accessibility broken`);
}

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
await page.context().close();

// Every dossier keeps the rules; every link inside leads somewhere.
page = await open('index.html');
const links = [...new Set(await page.locator('a[href]').evaluateAll((a) => a.map((x) => x.getAttribute('href'))))].filter((h) => !/^[a-z]+:/.test(h));
for (const h of links) ok(fs.existsSync(path.join(report, decodeURI(h.split('#')[0] || 'index.html'))), `${h} is not there`);
await page.context().close();
const dossiers = fs.readdirSync(path.join(report, 'entity')).filter((f) => f.endsWith('.html')).sort();
for (const f of dossiers.filter((_, i) => i % Math.ceil(dossiers.length / 8) === 0)) {
  page = await open(`entity/${f}`);
  await rules(page, f);
  await page.context().close();
}

// By keyboard alone: to the filter, to a column, to a dossier.
page = await open('index.html');
const reach = async (test, most) => { for (let i = 0; i < most; i++) { await page.keyboard.press('Tab'); if (await page.evaluate(test)) return true; } return false; };
ok(await reach(() => document.activeElement.type === 'search', 40), 'the filter is reached by Tab');
ok(await reach(() => document.activeElement.className === 'sort', 10), 'and a column head');
await page.keyboard.press('Enter');
ok(await page.locator('th[aria-sort]').count() === 1, 'which Enter sorts');
ok(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none'), 'what has the focus shows it');
ok(await reach(() => (document.activeElement.getAttribute('href') || '').startsWith('entity/'), 40), 'a dossier is reached by Tab');
await Promise.all([page.waitForURL(/entity/), page.keyboard.press('Enter')]);
ok(page.url().includes('/entity/'), 'and opened by Enter');
await page.context().close();

// On a telephone, in the dark, without scripts, on paper.
for (const [kind, options] of [['390', { viewport: { width: 390, height: 800 } }], ['dark', { colorScheme: 'dark' }]]) {
  for (const [what, file] of [['portfolio', 'index.html'], ['dossier', `entity/${dossiers[0]}`]]) {
    page = await open(file, options);
    ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${what} ${kind}: wider than its window`);
    await shot(page, `${what}-${kind}`);
    await rules(page, `${what} ${kind}`);
    await page.context().close();
  }
}
page = await open('index.html', { javaScriptEnabled: false });
ok(await visible(page) === all && await page.locator('input:visible').count() === 0, 'without scripts everything is there, and no filter that does nothing');
await page.context().close();
page = await open(`entity/${dossiers[0]}`);
const pdf = await page.pdf({ path: path.join(shots, 'dossier.pdf'), format: 'A4', printBackground: true });
ok(pdf.length > 10000, 'a dossier prints to a PDF');
await page.context().close();
ok(asked.length === 0, `pages ask for ${asked.length} things outside: ${asked[0]}`);
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
