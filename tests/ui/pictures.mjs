// Keeps a picture of every state in `tests/ui/pictures`, for people to look at:
//   node tests/ui/pictures.mjs [vi] [light] [1366x768]
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openBrowser, openPage } from "./browser.mjs";
import { TOURS } from "./tour.mjs";

const [language = "vi", scheme = "light", size = "1366x768"] = process.argv.slice(2);
const [width, height] = size.split("x").map(Number);
const folder = join(import.meta.dirname, "pictures", `${language}-${scheme}-${size}`);

await mkdir(folder, { recursive: true });
const desk = await openBrowser();
try {
  let count = 0;
  for (const tour of Object.values(TOURS)) {
    const page = await openPage(desk, { language, scheme, width, height });
    await tour(page, desk, async (name) => {
      count += 1;
      const file = `${String(count).padStart(2, "0")}-${name}.png`;
      await page.screenshot({ path: join(folder, file) });
    });
    await page.context().close();
  }
  process.stdout.write(`${count} pictures in ${folder}\n`);
} finally {
  await desk.close();
}
