// What a lock's file says of its owner; plugin and command line read each other's.
import {
  APP_LOCK_LIFE,
  describeOwner,
  isAppLock,
  isAppLockLive,
  nameAppLock,
  readOwner,
  writeOwner,
} from "../../src/core/lock-owner";

const OWNER = { pid: 4711, host: "here", token: "4711-ab_c", started: "1 2 3 4" };

test("an owner is read as it was written", () => {
  expect(readOwner(writeOwner(OWNER))).toEqual(OWNER);
  expect(readOwner(writeOwner({ ...OWNER, started: null }))).toEqual({ ...OWNER, started: null });
});

test.each([
  "",
  "garbage",
  "{}",
  "null",
  JSON.stringify({ ...OWNER, pid: -1 }),
  JSON.stringify({ ...OWNER, pid: "4711" }),
  JSON.stringify({ ...OWNER, token: "" }),
  JSON.stringify({ ...OWNER, token: "../../x" }),
  JSON.stringify({ ...OWNER, token: "x".repeat(65) }),
  JSON.stringify({ ...OWNER, host: null }),
  JSON.stringify({ ...OWNER, started: 1 }),
])("%j is no owner", (text) => {
  expect(readOwner(text)).toBeNull();
});

test("a person is told who it is, and which file to delete if one is sure", () => {
  expect(describeOwner({ ...OWNER, host: "he\u001bre" }, "/x/lock")).toBe(
    "Process 4711 on he\\u001bre is moving tasks here: try again when it is done. " +
      "If you are sure that no move is under way, delete /x/lock.",
  );
  expect(describeOwner(null, "/x/lock")).toMatch(/^The lock \/x\/lock says nothing .* delete \/x\/lock\.$/);
});

test("the app has no process that a person could look for", () => {
  expect(describeOwner({ ...OWNER, pid: 0 }, "/x/app-lock.1")).toBe(
    "The app is moving tasks here: try again when it is done. " +
      "If you are sure that no move is under way, delete /x/app-lock.1.",
  );
});

test("a lock of the app is known by its name, whichever device has it, and no other lock is one", () => {
  expect(["app-lock", nameAppLock("0a1b"), "lock", "lock.1", "app-locks", "journal.json"].map(isAppLock)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});

test.each([
  [0, true],
  [APP_LOCK_LIFE - 1, true],
  [APP_LOCK_LIFE, false],
  [1 - APP_LOCK_LIFE, true],
  [-APP_LOCK_LIFE, false],
])("a lock of the app that was written %d ms before counts: %s", (age, live) => {
  expect(isAppLockLive(1_000_000, 1_000_000 + age)).toBe(live);
});
