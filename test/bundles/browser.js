// Debian's Chromium, or the one named by CHROMIUM.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { withFiles } from "./processes.js";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
let browser = null;

/** Why pages cannot be opened here, or null. */
export const missingBrowser = existsSync(executablePath) ? null : `no ${executablePath}`;

/** What a page gives: `read` runs in it again and again until it returns something; rejects with the page's first error. */
export async function openPage(address, read = () => globalThis.report) {
  browser ??= await chromium.launch({ executablePath, headless: true, args });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const failed = new Promise((_, reject) => {
      page.on("pageerror", reject);
      page.on("requestfailed", (request) => reject(new Error(`${request.url()}: ${request.failure().errorText}`)));
      page.on("response", (response) => {
        if (response.status() >= 400 && !response.url().endsWith("/favicon.ico"))
          reject(new Error(`${response.url()}: ${response.status()}`));
      });
    });
    const read_ = async () => {
      await page.goto(address);
      return (await page.waitForFunction(read, null, { timeout: 30_000 })).jsonValue();
    };
    return await Promise.race([failed, read_()]);
  } finally {
    await context.close();
  }
}

/** What a page among the files of a folder reports. */
export function openFiles(folder, path = "index.html") {
  return withFiles(folder, (address) => openPage(`${address}/${path}`));
}

export async function closeBrowser() {
  await browser?.close();
}
