import * as commands from "@codemirror/commands";
import * as language from "@codemirror/language";
import * as search from "@codemirror/search";
import * as state from "@codemirror/state";
import * as view from "@codemirror/view";
import * as obsidian from "./obsidian/index";

/** What a plugin may require: the app's own instances, so that there is one class `StateField` and not two. */
export const MODULES = {
  "@codemirror/commands": commands,
  "@codemirror/language": language,
  "@codemirror/search": search,
  "@codemirror/state": state,
  "@codemirror/view": view,
  obsidian,
};

/** Gives a module as the app does. Throws for what the app does not have, as it would for a module of Node on a phone. */
export function requireModule(name: string): unknown {
  if (Object.hasOwn(MODULES, name)) return MODULES[name as keyof typeof MODULES];
  throw new Error(`The app has no module "${name}".`);
}
