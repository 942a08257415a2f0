// What a lock's file says of its owner; plugin and command line read each other's.
import { describeOwner, readOwner, writeOwner } from "../../src/core/lock-owner";

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
