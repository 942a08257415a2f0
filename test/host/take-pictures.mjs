// `npm run pictures`: takes the pictures of docs/ from a copy of playground/, in the browser host. Run it where what cards look
// like has changed, and look at each.
import { cp, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL, URLSearchParams } from "node:url";
import { chromium } from "playwright-core";
import { findBrowser } from "../browser/support/find-browser.mjs";
import { buildHost, buildServer } from "./build.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const DOCS = join(ROOT, "docs");
const CODEMIRROR = "newest";
const WIDE = { width: 1000, height: 800, scale: 1.5 };
const PHONE = { width: 390, height: 780, scale: 2, phone: true };

/** How far below the window's upper edge a note begins, and a little more. */
const HEADER = 88;

/** The preview of a promotion. */
const PREVIEW = ".backlog-promotion";

/** What a picture may weigh: a reader of the README loads all of them. */
const LARGEST = 250 * 1024;

/**
 * Each picture: the note and its mode, how large and how dense the window is, what is done before it is taken, and of which
 * part of the window it is. Light and of all of the window where nothing else is said.
 */
const PICTURES = [
  {
    name: "live-preview",
    note: "live:Garden app/BACKLOG.md",
    ...WIDE,
    height: 900,
    act: (page) => scrollTo(page, "Rules:"),
  },
  {
    name: "reading-view-dark",
    note: "reading:Garden app/BACKLOG.md",
    theme: "dark",
    ...WIDE,
    act: (page) => scrollTo(page, "Features for the spring release"),
  },
  {
    name: "every-finding",
    note: "live:Every finding/BACKLOG.md",
    ...WIDE,
    act: (page) => scrollTo(page, "A tin for the tips"),
  },
  { name: "incomplete", note: "live:Every finding/BACKLOG.md", ...WIDE, act: (page) => scrollTo(page, "Repairs") },
  { name: "phone", note: "live:Garden app/BACKLOG.md", ...PHONE, act: (page) => scrollTo(page, "Rules:") },
  {
    name: "phone-dark",
    note: "reading:Garden app/TODO.md",
    theme: "dark",
    ...PHONE,
    act: (page) => scrollTo(page, "Reminders come an hour late"),
  },
  { name: "settings", note: "live:Welcome.md", ...WIDE, act: openSettings, of: ".modal" },
  {
    name: "status-bar",
    note: "live:Garden app/BACKLOG.md",
    ...WIDE,
    scale: 2,
    act: openStatusMenu,
    clip: { x: WIDE.width - 420, y: WIDE.height - 290, width: 420, height: 290 },
  },
  { name: "promotion", note: "live:Garden app/BACKLOG.md", ...WIDE, act: previewPromotion, of: PREVIEW },
  { name: "promotion-refused", note: "live:Garden app/TODO.md", ...WIDE, act: refusePromotion, of: PREVIEW },
  { name: "promoted", note: "live:Garden app/TODO.md", ...WIDE, height: 640, act: promote },
];

/** Brings what says these words to the top of what is seen: a card, a band or the line of the rules. */
async function scrollTo(page, words) {
  // A pane in reading view keeps its editor, hidden.
  const shown = page.locator(":is(.backlog-card, .backlog-band, .backlog-rules):visible", { hasText: words });
  // Over the text, where the wheel scrolls it.
  const { width, height } = page.viewportSize();
  await page.mouse.move(width / 2, height / 2);
  for (let turns = 0; turns < 40; turns++) {
    const found = (await shown.count()) > 0;
    const way = found ? (await shown.first().boundingBox()).y - HEADER : height / 2;
    if (Math.abs(way) < 1) return;
    await page.mouse.wheel(0, way);
    await page.evaluate("window.host.settled()");
  }
  throw new Error(`“${words}” does not come to the top.`);
}

async function openStatusMenu(page) {
  await page.locator(".backlog-status").click();
}

async function previewPromotion(page) {
  await page.evaluate("void window.host.command('backlog-cards:promote-next')");
  await page.locator(PREVIEW).waitFor();
  await page.keyboard.type("Dates and names that hold");
  // What is shown follows what is typed.
  await page.locator(PREVIEW).getByText("−2 +41").waitFor();
}

/** The batch is done, another group is chosen, and what is done is not to be archived first. */
async function refusePromotion(page) {
  const path = "Garden app/TODO.md";
  const finish = "(text) => text.replace(/(?<=\\*\\*Status:\\*\\* )\\S+/g, 'done')";
  await page.evaluate(`((vault) => vault.process(vault.getFileByPath("${path}"), ${finish}))(window.host.app.vault)`);
  await page.evaluate("window.host.settled()");
  await page.evaluate("void window.host.command('backlog-cards:promote-group')");
  await page.locator(".suggestion-item", { hasText: "Features for the spring release" }).click();
  await page.locator(PREVIEW).getByRole("checkbox").click();
  await page.locator(PREVIEW).getByRole("button", { name: "Archive the 2 finished tasks first" }).waitFor();
}

async function promote(page) {
  await previewPromotion(page);
  await page.keyboard.press("Enter");
  await page.locator(".notice", { hasText: "moved to TODO.md" }).waitFor();
  await page.evaluate("window.host.settled()");
  await scrollTo(page, "A plant that was moved offline");
}

async function openSettings(page) {
  await page.evaluate("window.host.app.setting.open()");
  await page.evaluate("void window.host.app.setting.openTabById('backlog-cards')");
}

/** One picture, of a page of its own; resolves with what went wrong in the page. */
async function takePicture(
  browser,
  address,
  { name, note, theme = "light", width, height, scale, phone, act, of, clip },
) {
  const page = await browser.newPage({
    viewport: { width, height },
    deviceScaleFactor: scale,
    reducedMotion: "reduce",
    hasTouch: phone === true,
  });
  const errors = [];
  page.on("pageerror", (error) => errors.push(`${name}: ${error.stack ?? error}`));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`${name}: ${message.text()}`);
  });
  await page.goto(`${address}?${new URLSearchParams({ open: note, theme })}`);
  const settle = () => page.evaluate("window.hostStarted.then(() => window.host.settled())");
  await settle();
  if (phone) {
    await page.evaluate("document.body.classList.add('is-mobile', 'is-phone')");
    // The app has no status bar on phones.
    await page.addStyleTag({ content: ".status-bar { display: none; }" });
    await settle();
  }
  await act?.(page);
  // Away from all that changes under the pointer.
  await page.mouse.move(1, height - 1);
  await settle();
  const target = of === undefined ? page : page.locator(of);
  const path = join(DOCS, `${name}.png`);
  await target.screenshot({ path, animations: "disabled", ...(clip === undefined ? {} : { clip }) });
  await page.close();
  const { size } = await stat(path);
  console.log(`docs/${name}.png  ${Math.ceil(size / 1024)} KB`);
  if (size > LARGEST) errors.push(`${name}: it is larger than ${LARGEST / 1024} KB. Show less, or lower its scale.`);
  return errors;
}

async function takePictures(only) {
  const known = PICTURES.map(({ name }) => name);
  const unknown = only.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no picture ${unknown.join(", ")}. There are ${known.join(", ")}.`);
  const folder = await mkdtemp(join(tmpdir(), "backlog-cards-pictures-"));
  try {
    await buildHost(folder, [CODEMIRROR]);
    await buildServer(join(folder, "server.mjs"));
    const { startServer } = await import(pathToFileURL(join(folder, "server.mjs")).href);
    const executablePath = findBrowser((line) => console.error(line));
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    const errors = [];
    for (const picture of PICTURES.filter(({ name }) => only.length === 0 || only.includes(name))) {
      // Each has a vault of its own: some change theirs.
      const vault = join(folder, "vaults", picture.name);
      await cp(join(ROOT, "playground"), vault, { recursive: true });
      const server = await startServer({ vault, page: join(folder, CODEMIRROR), plugin: join(folder, "plugin") });
      errors.push(...(await takePicture(browser, server.url, picture)));
      await server.close();
    }
    await browser.close();
    if (only.length === 0) errors.push(...(await findForgotten(known)));
    if (errors.length > 0) throw new Error(errors.join("\n"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Pictures that lie in docs/ and are taken no more. */
async function findForgotten(known) {
  const names = (await readdir(DOCS)).filter((name) => name.endsWith(".png")).map((name) => name.slice(0, -4));
  return names.filter((name) => !known.includes(name)).map((name) => `${name}: it is taken no more. Delete it.`);
}

takePictures(process.argv.slice(2)).then(
  () => process.exit(0),
  (error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
