// Pins which bad values are mended: only what clearly means one of the allowed ones (FORMAT.md §5 rule 11, §6).
import { mendPriority, mendStatus, mendTagName } from "../../src/core/mends";

test.each([
  ["In Progress", "in-progress"],
  ["in_progress", "in-progress"],
  ["WIP", "in-progress"],
  ["inprogress", "in-progress"],
  ["open", "todo"],
  ["To Do", "todo"],
  ["pending", "todo"],
  ["not started", "todo"],
  ["✅ done", "done"],
  ["`done`", "done"],
  ["complete", "done"],
  ["completed", "done"],
  ["finished", "done"],
  ["closed", "done"],
  ["bloked", "blocked"],
  ["done (2026-02-04)", null],
  ["waiting for review", null],
  ["cancelled", null],
  ["", null],
])("a status %p means %p", (value, expected) => {
  expect(mendStatus(value)).toBe(expected);
});

test.each([
  ["P0", "critical"],
  ["p1", "high"],
  ["P2", "medium"],
  ["p3", "low"],
  ["urgent", "critical"],
  ["hihg", "high"],
  ["Meduim", "medium"],
  ["normal", "medium"],
  ["p4", null],
  ["important", null],
])("a priority %p means %p", (value, expected) => {
  expect(mendPriority(value)).toBe(expected);
});

test.each([
  ["prioirty", [], "priority"],
  ["Componet", ["id", "type"], "component"],
  ["tpye", [], "type"],
  ["plevel", [], "p_level"],
  ["prioirty", ["priority"], null],
  ["owner", [], null],
  ["di", [], null],
])("a tag %p beside %p means %p", (name, present, expected) => {
  expect(mendTagName(name, new Set(present))).toBe(expected);
});
