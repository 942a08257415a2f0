/** What the parts of the user interface need before the first of them is used. */
import { Commands, registerCommandPalette, type CommandApp } from "./command-palette";
import { installDomExtensions, type Realm } from "./dom-extensions";
import { menuKeys } from "./menu";
import { SettingWindow } from "./setting-window";
import { installTooltips } from "./tooltip";

/** What the app keeps of it. */
export interface UserInterface {
  readonly commands: Commands;
  readonly setting: SettingWindow;
}

/**
 * Starts the user interface of an app: its own scope receives keys wherever no modal or menu is open, Mod+P opens the
 * palette, Mod+, the settings. `installDomExtensions(window)` and `joinWindow(app, window)` come before it.
 */
export function startUserInterface(app: CommandApp): UserInterface {
  menuKeys.keymap = app.keymap;
  app.keymap.pushScope(app.scope);
  const commands = new Commands(app);
  const setting = new SettingWindow(app);
  registerCommandPalette(commands);
  app.scope.register(["Mod"], ",", () => {
    setting.open();
    return false;
  });
  return { commands, setting };
}

/** The panes are the main part of a page, for those who hear it. */
function labelLandmarks(win: Realm): void {
  const observer = new win.MutationObserver(() => {
    const panes = win.document.querySelector(".workspace");
    panes?.setAttribute("role", "main");
    if (panes) observer.disconnect();
  });
  observer.observe(win.document.documentElement, { childList: true, subtree: true, attributes: true });
}

/** Makes a window, the first one or a pop-out, one of the app's: its nodes, its keys, its tooltips. */
export function joinWindow(app: CommandApp, win: Realm): void {
  installDomExtensions(win, window);
  app.keymap.listenTo(win);
  labelLandmarks(win);
  installTooltips(win);
}
