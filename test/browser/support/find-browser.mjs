import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];

/** Where browsers are that no command leads to. */
const PLACES = {
  darwin: ["Google Chrome", "Chromium", "Microsoft Edge"].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  ),
  win32: ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].flatMap((variable) =>
    ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"].map((name) =>
      join(process.env[variable] ?? "", name),
    ),
  ),
};

/**
 * The program of a browser of Chromium's kind: what `CHROMIUM` or `CHROME_PATH` names, else one that is installed, else
 * Debian's, which is installed for it where that is possible. `say` is told in a line what was found or is done. Throws with
 * what a person can do where there is none. `platform` is the one that it runs on.
 */
export function findBrowser(say, platform = process.platform) {
  const found = findInstalled(platform) ?? installPackage(say, platform);
  say(`Browser: ${found}${describeVersion(found, platform)}`);
  return found;
}

function findInstalled(platform) {
  for (const variable of ["CHROMIUM", "CHROME_PATH"]) {
    const named = process.env[variable];
    if (!named) continue;
    if (existsSync(named)) return named;
    throw new Error(`${variable} names ${named}, and there is no such file.`);
  }
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...(PLACES[platform] ?? [])].find((place) => existsSync(place));
}

function installPackage(say, platform) {
  const root = process.getuid?.() === 0;
  const run = (...command) =>
    spawnSync(root ? command[0] : "sudo", root ? command.slice(1) : ["-n", ...command], {
      encoding: "utf8",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  const advice = "Install Chromium, Chrome or Edge, or name one in the environment variable CHROMIUM.";
  if (platform !== "linux" || run("apt-get", "--version").status !== 0) {
    throw new Error(`The browser tests need a browser, and none was found. ${advice}`);
  }
  say("No browser found: installing Debian's package chromium…");
  for (const words of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const { status, stderr } = run("apt-get", ...words);
    if (status !== 0) throw new Error(`Chromium could not be installed: ${stderr.trim()}\n${advice}`);
  }
  const found = findInstalled(platform);
  if (found === undefined) throw new Error(`Chromium was installed, but cannot be found. ${advice}`);
  return found;
}

/** ` 156.0.1`; empty where the program does not say. On Windows it would open a window instead. */
function describeVersion(browser, platform) {
  if (platform === "win32") return "";
  const { stdout } = spawnSync(browser, ["--version"], { encoding: "utf8", timeout: 20_000 });
  const version = /\d+(?:\.\d+)+/.exec(stdout ?? "")?.[0];
  return version === undefined ? "" : ` ${version}`;
}
