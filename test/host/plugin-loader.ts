import type { PluginManifest } from "obsidian";
import { requireModule } from "./modules";
import type { App } from "./obsidian/app";
import type { Plugin } from "./obsidian/plugin";

type PluginClass = new (app: App, manifest: PluginManifest) => Plugin;

/** Loads and unloads the plugin of this project as the app does: its released bundle as CommonJS, its styles as a style element. */
export class PluginLoader {
  plugin: Plugin | null = null;
  /** How long each `onload` took until it returned, in milliseconds. */
  readonly onloadTimes: number[] = [];
  #styles: HTMLStyleElement | null = null;

  constructor(private readonly app: App) {}

  /** Resolves when `onload` has ended; rejects with what the bundle or `onload` throws. Does nothing where it is loaded. */
  async load(): Promise<void> {
    if (this.plugin !== null) return;
    const [code, manifestText, styles] = await Promise.all(
      ["main.js", "manifest.json", "styles.css"].map(async (name) => (await fetch(`plugin/${name}`)).text()),
    );
    const manifest = JSON.parse(manifestText ?? "") as PluginManifest;
    manifest.dir = `${this.app.vault.configDir}/plugins/${manifest.id}`;
    const PluginClass = evaluate(code ?? "", manifest.id);
    this.plugin = new PluginClass(this.app, manifest);
    this.#styles = document.head.createEl("style", { text: styles ?? "", attr: { "data-plugin": manifest.id } });
    const start = performance.now();
    const loaded = this.plugin.loadFully();
    this.onloadTimes.push(performance.now() - start);
    await loaded;
  }

  unload(): void {
    this.plugin?.unload();
    this.plugin = null;
    this.#styles?.remove();
    this.#styles = null;
  }
}

function evaluate(code: string, id: string): PluginClass {
  const module: { exports: { default?: PluginClass } } = { exports: {} };
  const run = window.eval(`(function anonymous(require,module,exports){${code}\n})\n//# sourceURL=plugin:${id}\n`) as (
    require: (name: string) => unknown,
    module: object,
    exports: object,
  ) => void;
  run(requireModule, module, module.exports);
  const { default: plugin } = module.exports;
  if (plugin === undefined) throw new Error("The bundle exports no plugin.");
  return plugin;
}
