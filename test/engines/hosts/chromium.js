import { find } from "../installed.js";
import { page } from "../variants.js";

const args = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

const executable = () => find("chromium", "chromium-browser", "google-chrome");

export const chromium = {
  name: "chromium",
  variants: page,
  missing: () => (executable() === null ? "apt-get install chromium" : null),
  async start(server) {
    const { chromium } = await import("playwright-core");
    const browser = await chromium.launch({ executablePath: executable(), headless: true, args });
    return {
      version: browser.version(),
      ask: (question) =>
        server.ask(question, async (url) => {
          const page = await browser.newPage();
          await page.goto(url, { waitUntil: "commit" });
          return () => page.close();
        }),
      stop: () => browser.close(),
    };
  },
};
