// Pins that the plugin is what the app loads: a default export that extends the app's own class, and so far adds nothing to
// what that does. The app's package holds types only, so its class is a stand-in here.
import { Plugin } from "obsidian";
import BacklogCardsPlugin from "../src/main";

jest.mock("obsidian", () => ({ Plugin: function Plugin() {} }), { virtual: true });

test("the plugin extends the app's class and adds nothing to its loading and unloading", () => {
  expect(BacklogCardsPlugin.prototype).toBeInstanceOf(Plugin);
  expect(Object.getOwnPropertyNames(BacklogCardsPlugin.prototype)).toEqual(["constructor"]);
});
