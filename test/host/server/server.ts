import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, join } from "node:path";
import { callDisk } from "./call-disk";
import { DiskFaults } from "./disk-faults";
import type { DiskFailure, DiskOperation } from "./disk-protocol";
import { DiskTurns } from "./disk-turns";
import { VaultDisk } from "./vault-disk";
import { VaultWatch } from "./vault-watch";

/** What a server shows: a vault, the page, and the plugin as it would be released. */
export interface ServerOptions {
  /** The vault's folder. */
  readonly vault: string;
  /** The folder of the page's files: `page.html`, `theme.css`, `host.js`. */
  readonly page: string;
  /** The folder that holds `main.js`, `manifest.json` and `styles.css`. */
  readonly plugin: string;
}

export interface HostServer {
  /** The page's address, with the token that every request needs; ends with a slash. */
  readonly url: string;
  readonly faults: DiskFaults;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
};
const PAGE_FILES = ["theme.css", "host.js"];
const PLUGIN_FILES = ["main.js", "manifest.json", "styles.css"];
const HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Starts a server on this machine's own address, on a port that is free. Rejects where the vault's folder cannot be read. */
export async function startServer(options: ServerOptions): Promise<HostServer> {
  const token = randomBytes(24).toString("base64url");
  const disk = new VaultDisk(options.vault);
  const turns = new DiskTurns();
  const faults = new DiskFaults();
  const listeners = new Set<ServerResponse>();
  const watch = new VaultWatch(disk, turns, (change) => {
    for (const listener of listeners) listener.write(`data: ${JSON.stringify(change)}\n\n`);
  });
  let marks = 0;
  await disk.list("");
  await watch.start();

  const answer = async (request: IncomingMessage, ended: AbortSignal): Promise<Reply | "changes"> => {
    const { port } = server.address() as AddressInfo;
    const url = new URL(request.url ?? "/", "http://host");
    const [, given, kind = "", ...rest] = url.pathname.split("/").map(decodeOnce);
    if (given !== token || request.headers.host !== `127.0.0.1:${port}`) return reply(403, "text/plain", "Forbidden");
    const name = rest.join("/");
    const posted = request.method === "POST";
    if (kind === "disk" && posted) {
      const body = await readBody(request);
      const parts = { disk, turns, faults };
      const answer = await callDisk(parts, name as DiskOperation, url.searchParams, body, ended);
      // A page has few connections: one that is dead for the disk is told so, and waits without one.
      if (answer === null) return { ...reply(200, "application/json", "null"), never: true };
      const { value, turn } = answer;
      const bytes = value instanceof Uint8Array;
      const type = bytes ? "application/octet-stream" : "application/json";
      return { ...reply(200, type, bytes ? value : JSON.stringify(value)), turn };
    }
    if (kind === "mark" && posted) {
      await watch.readAll();
      marks++;
      for (const listener of listeners) listener.write(`event: mark\ndata: ${marks}\n\n`);
      return reply(200, "text/plain", String(marks));
    }
    if (kind === "changes") return "changes";
    if (kind === "vault") return reply(200, typeOf(name), await disk.read(name));
    if (kind === "") return reply(200, typeOf(".html"), await fillPage(options));
    if (PAGE_FILES.includes(kind)) return reply(200, typeOf(kind), await readFile(join(options.page, kind)));
    if (kind === "plugin" && PLUGIN_FILES.includes(name)) {
      return reply(200, typeOf(name), await readFile(join(options.plugin, name)));
    }
    return reply(404, "text/plain", "Not found");
  };

  const server: Server = createServer((request, response) => {
    const ended = new AbortController();
    response.on("close", () => ended.abort());
    void answer(request, ended.signal)
      .catch((error: unknown): Reply => {
        const { code = "EIO", message } = error as NodeJS.ErrnoException;
        const failure: DiskFailure = { code, message };
        response.setHeader("x-failure", code);
        return reply(request.method === "POST" ? 200 : 404, "application/json", JSON.stringify(failure));
      })
      .then((given) => {
        if (given === "changes") listen(response, listeners);
        else {
          const { status, type, body, turn = 0, never = false } = given;
          if (never) response.setHeader("x-never", "true");
          response.writeHead(status, { ...HEADERS, "content-type": type, "x-turn": turn }).end(body);
        }
      });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${token}/`,
    faults,
    close: async () => {
      await watch.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly turn?: number;
  /** Whoever asked is dead, and goes on without an answer. */
  readonly never?: boolean;
}

const reply = (status: number, type: string, body: string | Uint8Array): Reply => ({ status, type, body });

/** The page, with the vault's name in it. */
async function fillPage({ page, vault }: ServerOptions): Promise<string> {
  const name = basename(vault).replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return (await readFile(join(page, "page.html"), "utf8")).replaceAll("{{vault}}", () => name);
}

function listen(response: ServerResponse, listeners: Set<ServerResponse>): void {
  response.writeHead(200, { ...HEADERS, "content-type": "text/event-stream" }).write(":\n\n");
  listeners.add(response);
  response.on("close", () => listeners.delete(response));
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** A segment as it was before it was put into an address; what was not put there properly stands for no segment. */
function decodeOnce(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return "\0";
  }
}

const typeOf = (path: string): string =>
  TYPES[/\.[^./]*$/.exec(path)?.[0].toLowerCase() ?? ""] ?? "application/octet-stream";
