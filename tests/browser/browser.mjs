// What the scripts of this folder share: a browser, pages opened in it, the rules that each
// page keeps, and the count of what held. A script gets DIR (pages) and SHOTS (pictures).
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';

const require = createRequire(path.join(process.env.MODULES, 'x.js'));
const { chromium } = require('playwright-core');
const { AxeBuilder } = require('@axe-core/playwright');
export const [dir, shots] = process.argv.slice(2).map((p) => path.resolve(p));
fs.mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-quic'] });
const asked = [];
let passed = 0, failed = 0;

export const telephone = { viewport: { width: 390, height: 800 } };
export const dark = { colorScheme: 'dark' };

export function ok(good, name) {
  if (good) passed++;
  else { failed++; console.log(`FAILED: ${name}`); }
}

// A page of DIR in a window of its own; `shut` closes it. Nothing but pages may be asked for.
export async function open(file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, offline: true, ...options });
  const page = await context.newPage();
  page.on('request', (r) => { if (!r.url().startsWith('file:') || r.resourceType() !== 'document') asked.push(r.url()); });
  page.on('pageerror', (e) => ok(false, `${file}: ${e.message}`));
  await page.goto(pathToFileURL(path.join(dir, file)).href);
  return page;
}
export const shut = (page) => page.context().close();
export const shot = (page, name, fullPage = true) => page.screenshot({ path: path.join(shots, `${name}.png`), fullPage });

// axe-core, WCAG 2.2 AA and best practice.
export async function rules(page, name) {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = (await new AxeBuilder({ page }).withTags(tags).analyze()).violations;
  for (const v of found) console.log(`  ${name}: ${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 160)}`);
  ok(found.length === 0, `${name}: ${found.length} rules of accessibility broken`);
}

export async function fits(page, name) {
  ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${name}: wider than its window`);
}

// Tab until the element with the focus passes the test; false after `most` of them.
export async function reach(page, test, most) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(test)) return true;
  }
  return false;
}

// Printed on A4; how many sheets.
export async function print(page, name) {
  const pdf = await page.pdf({ path: path.join(shots, `${name}.pdf`), format: 'A4', printBackground: true, preferCSSPageSize: true });
  return (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) || []).length;
}

export async function end() {
  ok(asked.length === 0, `pages ask for ${asked.length} things outside: ${asked[0]}`);
  await browser.close();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
