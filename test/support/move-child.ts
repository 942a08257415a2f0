// A process that makes one move on the disk and may kill itself at an operation: `node move-child FOLDER MOVE AT WHEN`.
// It says as JSON what it did: the operations of it that change something, the refusal, the tasks moved.
import { createDiskStore } from "../../src/cli/disk-store";
import { nodeFileSystem } from "../../src/cli/file-system";
import { promote, SCENARIOS } from "./move-scenarios";
import { watchFileSystem, type Operation } from "./watched-file-system";

const [, , folder = "", move = "", at = "0", when = "before"] = process.argv;

function die(): void {
  process.kill(process.pid, "SIGKILL");
  for (;;);
}

const operations: Operation[] = [];
const fs = watchFileSystem(nodeFileSystem, {
  before: (operation) => {
    if (operation.changes) operations.push(operation);
    if (operation.changes && operations.length === Number(at) && when === "before") die();
  },
  halves: () => operations.length === Number(at) && when === "half",
  after: ({ changes }) => {
    if (changes && operations.length === Number(at) && when !== "before") die();
  },
});

// As many as there are: each takes the next group.
const run = SCENARIOS[move]?.run ?? promote({ limit: 1000 });
void run(createDiskStore(folder, { fs, lockWait: 60_000 })).then(({ plan, refusal }) => {
  const names = operations.map(({ name }) => name);
  const tasks = plan?.blocks.map(({ id }) => id) ?? [];
  process.stdout.write(JSON.stringify({ operations: names, refusal: refusal?.code ?? null, tasks }));
});
