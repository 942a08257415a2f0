// Pins what the host's server lets through: only who has its token, only on this machine, and no path that leads out of the
// vault's folder, however it is written. A page shows whatever notes it is given, so a hole here would open the whole disk.
import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { type HostServer, startServer } from "./server";

let folder: string;
let vault: string;
let server: HostServer;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "host-server-")));
  vault = join(folder, "vault");
  await mkdir(join(vault, "notes"), { recursive: true });
  await mkdir(join(folder, "outside"));
  await writeFile(join(folder, "outside/secret.md"), "secret");
  await writeFile(join(vault, "notes/a.md"), "a");
  server = await startServer({ vault, page: folder, plugin: folder });
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

/** Sends a request as it is written: `fetch` would mend the path before. */
function send(path: string, { method = "POST", body = "", host = new URL(server.url).host } = {}): Promise<Answer> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: { host } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode, body: text }));
    });
    sent.on("error", reject).end(body);
  });
}

const base = (): string => new URL(server.url).pathname;
const call = (operation: string, path: string, options: object = {}, body = ""): Promise<Answer> =>
  send(
    `${base()}disk/${operation}?path=${encodeURIComponent(path)}&options=${encodeURIComponent(JSON.stringify(options))}`,
    { body },
  );

/** The code with which the disk refuses; the answer itself where it does not. */
async function codeOf(answer: Promise<Answer>): Promise<string> {
  const { body } = await answer;
  return body.startsWith("{") ? ((JSON.parse(body) as { code?: string }).code ?? body) : body;
}

test.each(["/", "/disk/read?path=notes/a.md", "/wrong/disk/read?path=notes/a.md", "/changes", "/%00/"])(
  "%s is forbidden without the token",
  async (path) => {
    expect(await send(path)).toEqual({ status: 403, body: "Forbidden" });
  },
);

test("a page that reaches the server under another name is refused, even with the token", async () => {
  expect(await send(`${base()}disk/tree`, { host: "rebound.example" })).toEqual({ status: 403, body: "Forbidden" });
});

test("the token is different at every start and too long to guess", async () => {
  const other = await startServer({ vault, page: folder, plugin: folder });
  await other.close();
  const [one, two] = [server.url, other.url].map((url) => new URL(url).pathname);
  expect(one).not.toBe(two);
  expect(one).toMatch(/^\/[\w-]{32}\/$/);
});

test("the server listens at this machine's own address only", async () => {
  const { port } = new URL(server.url);
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address !== undefined && !address.internal && address.family === "IPv4");
  const addresses = ["[::1]", ...others.map((address) => address?.address ?? "")];
  for (const address of addresses) await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow("fetch failed");
});

const WAYS_OUT = [
  "../outside/secret.md",
  "notes/../../outside/secret.md",
  "..",
  ".",
  "notes/./a.md",
  "notes//a.md",
  "/etc/passwd",
  "..\\outside\\secret.md",
  "C:/secret.md",
  "notes/a.md\0",
  "link/secret.md",
  "link.md",
  "nowhere.md",
];

async function addLinks(): Promise<void> {
  await symlink(join(folder, "outside"), join(vault, "link"));
  await symlink(join(folder, "outside/secret.md"), join(vault, "link.md"));
  await symlink(join(folder, "outside/new.md"), join(vault, "nowhere.md"));
}

test.each(WAYS_OUT)("no call reaches %j", async (path) => {
  await addLinks();
  expect(await codeOf(call("read", path))).toBe("EACCES");
  expect(await codeOf(call("write", path, {}, "changed"))).toBe("EACCES");
  expect(await codeOf(call("append", path, {}, "changed"))).toBe("EACCES");
  expect(await codeOf(call("remove", path))).toBe("EACCES");
  expect(await codeOf(call("mkdir", path))).toBe("EACCES");
  expect(await codeOf(call("rename", "notes/a.md", { to: path }))).toBe("EACCES");
  expect(await codeOf(call("copy", path, { to: "notes/b.md" }))).toBe("EACCES");
  expect(await readFile(join(folder, "outside/secret.md"), "utf8")).toBe("secret");
  expect(await readFile(join(vault, "notes/a.md"), "utf8")).toBe("a");
});

test.each([
  "/../outside/secret.md",
  "/%2e%2e/outside/secret.md",
  "/..%2foutside%2fsecret.md",
  "/link/secret.md",
  "/%zz",
])("no address of a picture leads to %s", async (path) => {
  await addLinks();
  const { status, body } = await send(`${base()}vault${path}`, { method: "GET" });
  expect(status).toBe(404);
  expect(body).not.toBe("secret");
});

test("a path is decoded once, so a name that looks encoded is just a name", async () => {
  await writeFile(join(vault, "%2e%2e"), "a name");
  expect((await call("read", "%2e%2e")).body).toBe("a name");
});

test("links out of the vault are not listed, and links to folders within are not followed in circles", async () => {
  await addLinks();
  await symlink(vault, join(vault, "notes/circle"));
  const entries = JSON.parse((await call("tree", "")).body) as readonly { readonly path: string }[];
  expect(entries.map(({ path }) => path)).toEqual(["notes", "notes/a.md"]);
});

test.each([
  ["read", "missing.md", {}, "ENOENT"],
  ["read", "notes", {}, "EISDIR"],
  ["write", "missing/a.md", {}, "ENOENT"],
  ["rename", "notes/a.md", { to: "notes/a.md" }, "EEXIST"],
  ["rename", "missing.md", { to: "b.md" }, "ENOENT"],
  ["remove", "missing.md", {}, "ENOENT"],
  ["rmdir", "notes", {}, "ENOTEMPTY"],
  ["rmdir", "", { recursive: true }, "EPERM"],
  ["nonsense", "notes/a.md", {}, "EINVAL"],
])("%s of %j with %j fails with the system's code %s", async (operation, path, options, code) => {
  expect(await codeOf(call(operation, path, options))).toBe(code);
});

test("the disk refuses as often as it is told to, for the calls that are meant", async () => {
  server.faults.refuse({ operation: "write", path: "notes/a.md" }, "ENOSPC", 2);
  expect(await codeOf(call("write", "notes/b.md", {}, "b"))).not.toBe("ENOSPC");
  expect(await codeOf(call("write", "notes/a.md", {}, "b"))).toBe("ENOSPC");
  expect(await codeOf(call("write", "notes/a.md", {}, "b"))).toBe("ENOSPC");
  expect(await readFile(join(vault, "notes/a.md"), "utf8")).toBe("a");
  await call("write", "notes/a.md", {}, "b");
  expect(await readFile(join(vault, "notes/a.md"), "utf8")).toBe("b");
});

test("a call that is held has done nothing until it is released", async () => {
  const held = server.faults.hold({ operation: "write" });
  const writing = call("write", "notes/a.md", {}, "b");
  await held.arrived();
  expect(await readFile(join(vault, "notes/a.md"), "utf8")).toBe("a");
  held.release();
  await writing;
  expect(await readFile(join(vault, "notes/a.md"), "utf8")).toBe("b");
});

test("a page that dies half-way through a write is not answered, nor is any later call of it; other pages are", async () => {
  const ask = (page: string, operation: string, path: string, body = ""): Promise<string> =>
    send(`${base()}disk/${operation}?path=${path}&page=${page}`, { body }).then((answer) => answer.body);
  const death = server.faults.killAt({ operation: "changing" }, 2, "half");
  await ask("one", "mkdir", "notes/new");
  expect(await ask("one", "write", "notes/a.md", "abcdef")).toBe("null");
  await death.met;
  expect(death.calls).toEqual(["mkdir notes/new", "write notes/a.md"]);
  expect(await readFile(join(vault, "notes/a.md"), "utf8")).toBe("abc");
  expect(await ask("one", "write", "notes/a.md", "later")).toBe("null");
  expect(await ask("two", "read", "notes/a.md")).toBe("abc");
  await ask("two", "write", "notes/a.md", "two");
  expect(await readFile(join(vault, "notes/a.md"), "utf8")).toBe("two");
});

test("a page that is dead in one folder lives in the others", async () => {
  const write = (path: string): Promise<string> =>
    send(`${base()}disk/write?path=${path}&page=one`, { body: "x" }).then((answer) => answer.body);
  server.faults.killAt({ operation: "changing" }, 1, "none", /^notes\//);
  expect([await write("notes/a.md"), await write("notes/b.md")]).toEqual(["null", "null"]);
  expect(await write("c.md")).toMatch(/mtime/);
  expect(await readFile(join(vault, "notes/a.md"), "utf8")).toBe("a");
});

test("what arrives is written down, and interrupted before it is done", async () => {
  const seen = server.faults.watch({ operation: "changing" });
  const before: string[] = [];
  server.faults.interrupt({ operation: "write" }, async () => {
    before.push(await readFile(join(vault, "notes/a.md"), "utf8"));
  });
  await call("read", "notes/a.md");
  await call("write", "notes/a.md", {}, "b");
  server.faults.forgive();
  await call("write", "notes/a.md", {}, "c");
  expect([seen, before]).toEqual([["write notes/a.md"], ["a"]]);
});
