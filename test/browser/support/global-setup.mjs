import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { buildHost } from "../../host/build.mjs";
import { findBrowser } from "./find-browser.mjs";

/** Once for all browser tests, and only where there are any: builds plugin and host, starts one browser. */
export default async function setUp() {
  const executablePath = findBrowser((line) => process.stderr.write(`${line}\n`));
  const build = await mkdtemp(join(tmpdir(), "backlog-cards-host-"));
  await buildHost(build);
  const server = await chromium.launchServer({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  process.env.BACKLOG_CARDS_BROWSER = server.wsEndpoint();
  process.env.BACKLOG_CARDS_BUILD = build;
  globalThis.backlogCardsBrowser = server;
}
