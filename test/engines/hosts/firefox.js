import { find } from "../installed.js";
import { page } from "../variants.js";

const executable = () => find("firefox-esr", "firefox");

export const firefox = {
  name: "firefox",
  variants: page,
  missing: () => (executable() === null ? "apt-get install firefox-esr" : null),
  async start(server) {
    const { default: puppeteer } = await import("puppeteer-core");
    const browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: executable(),
      headless: true,
      extraPrefsFirefox: { "app.update.enabled": false },
    });
    return {
      version: (await browser.version()).replace(/^.*\//, ""),
      ask: (question) =>
        server.ask(question, async (url) => {
          const page = await browser.newPage();
          await page.goto(url, { waitUntil: "domcontentloaded" });
          return () => page.close();
        }),
      stop: () => browser.close(),
    };
  },
};
