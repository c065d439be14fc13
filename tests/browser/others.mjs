// others.mjs DIR SHOTS: the other pages in a real browser: lots, statements, plans, field
// sheets, pages in French. None may break a rule of axe, ask for anything, be wider than a
// telephone, or fail in the dark. "N passed, N failed" at the end.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';

const [dir, shots] = process.argv.slice(2).map((p) => path.resolve(p));
const require = createRequire(path.join(process.env.MODULES, 'x.js'));
const { chromium } = require('playwright-core');
const { AxeBuilder } = require('@axe-core/playwright');
let passed = 0, failed = 0;
const ok = (good, name) => { if (good) passed++; else { failed++; console.log(`FAILED: ${name}`); } };
const first = (folder) => path.join(folder, fs.readdirSync(path.join(dir, folder)).filter((f) => f.endsWith('.html')).sort()[0]);
fs.mkdirSync(shots, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
const asked = [];
async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, offline: true, ...options });
  const page = await context.newPage();
  page.on('request', (r) => { if (!r.url().startsWith('file:') || r.resourceType() !== 'document') asked.push(r.url()); });
  page.on('pageerror', (e) => ok(false, `${file}: ${e.message}`));
  await page.goto(pathToFileURL(path.join(dir, file)).href);
  return page;
}
async function rules(page, name) {
  const found = (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()).violations;
  for (const v of found) console.log(`  ${name}: ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 160)}`);
  ok(found.length === 0, `${name}: ${found.length} rules of accessibility broken`);
}

const pages = { lots: 'lots/index.html', lot: first('lots/lot'), statement: 'statement/statement.html', plan: 'plan/plan.html',
  field: first('plan/field'), french: 'french/index.html', 'french-dossier': first('french/entity') };
const ways = { '': {}, 390: { viewport: { width: 390, height: 800 } }, dark: { colorScheme: 'dark' } };
for (const [what, file] of Object.entries(pages))
  for (const [kind, options] of Object.entries(ways)) {
    const page = await open(file, options), name = kind ? `${what}-${kind}` : what;
    ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name}: wider than its window`);
    ok(await page.locator('h1').count() === 1 && (await page.title()).length > 0, `${name}: a title and one heading of the first order`);
    await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: true });
    await rules(page, name);
    await page.context().close();
  }
let page = await open(pages.french);
ok(await page.locator('html').getAttribute('lang') === 'fr', 'a French page says that it is French');
await page.context().close();
page = await open(pages.lot);
const pdf = (await page.pdf({ path: path.join(shots, 'lot.pdf'), format: 'A4', printBackground: true })).toString('latin1');
const sheets = (pdf.match(/\/Type\s*\/Page\b/g) || []).length;
ok(sheets >= 1 && sheets <= 2, `a lot with two bidders and a site prints to two sheets of A4 at most, not ${sheets}`);
await page.context().close();
ok(asked.length === 0, `pages ask for ${asked.length} things outside: ${asked[0]}`);
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
