// The contract of declared settings (1.13.0), as far as ours relies on it. Each test names the behaviour and, in brackets,
// where it is known from.
import type { SettingDefinitionItem } from "obsidian";
import { findBarriers } from "./support/axe";
import { CODEMIRRORS, openHost, type Host } from "./support/harness";

/** A settings tab of the tests in the page: its definitions are set there, and what is stored is kept there. */
interface Tried {
  stored: Record<string, unknown>;
  definitions: SettingDefinitionItem[];
  show(definitions: SettingDefinitionItem[], stored?: Record<string, unknown>): void;
}

declare const tried: Tried;

describe.each(CODEMIRRORS)("declared settings, over CodeMirror %s", (codemirror) => {
  let host: Host;

  beforeAll(async () => {
    host = await openHost({ codemirror, vault: { "a.md": "# A\n" }, open: [{ path: "a.md" }] });
    await host.page.evaluate(() => {
      const { app, modules, plugin } = window.host;
      if (!plugin) throw new Error("no plugin");
      const state: Tried = {
        stored: {},
        definitions: [],
        show: (definitions, stored = {}) => {
          state.definitions = definitions;
          state.stored = stored;
          const { setting } = app as unknown as {
            setting: { close(): void; open(): void; openTabById(id: string): void };
          };
          setting.close();
          setting.open();
          setting.openTabById("tried");
        },
      };
      class Tab extends modules.obsidian.PluginSettingTab {
        id = "tried";
        name = "Tried";
        override getSettingDefinitions = () => state.definitions;
        override getControlValue = (key: string) => state.stored[key];
        override setControlValue = (key: string, value: unknown) => void (state.stored[key] = value);
      }
      plugin.addSettingTab(new Tab(app, plugin));
      Object.assign(window, { tried: state });
    });
  });

  afterAll(async () => {
    expect(host.errors()).toEqual([]);
    await host.close();
  });

  const row = (name: string) =>
    host.page.locator(".setting-item").filter({ has: host.page.getByText(name, { exact: true }) });
  const stored = () => host.page.evaluate(() => tried.stored);

  test("a control of each kind shows its value and stores a change (docs, Settings: Control types)", async () => {
    await host.page.evaluate(() => {
      const { show } = tried;
      show(
        [
          { name: "Toggle", control: { type: "toggle", key: "toggle" } },
          { name: "Text", control: { type: "text", key: "text" } },
          { name: "Area", control: { type: "textarea", key: "area", rows: 2 } },
          {
            name: "List",
            control: { type: "dropdown", key: "list", defaultValue: "b", options: { a: "A", b: "B" } },
          },
          { name: "Number", control: { type: "number", key: "number", min: 1, max: 9 } },
          { name: "Slider", control: { type: "slider", key: "slider", min: 0, max: 10, step: 5 } },
          { name: "File", control: { type: "file", key: "file" } },
        ],
        { toggle: true, text: "t", number: 3 },
      );
    });
    expect(await row("List").locator("select").inputValue()).toBe("b");
    await row("Toggle").locator("input").press(" ");
    await row("Text").locator("input").fill("u");
    await row("Area").locator("textarea").fill("v");
    await row("List").locator("select").selectOption("a");
    await row("Number").locator("input").fill("4");
    await row("Number").locator("input").blur();
    await row("Slider").locator("input").press("ArrowRight");
    await row("File").locator("input").fill("a.md");
    expect(await stored()).toEqual({
      toggle: false,
      text: "u",
      area: "v",
      list: "a",
      number: 4,
      slider: 5,
      file: "a.md",
    });
    expect(await findBarriers(host.page, ".modal")).toEqual([]);
  });

  test("a number counts at Enter or when it is left; out of range it is refused (docs, Settings: Control types)", async () => {
    await host.page.evaluate(() =>
      tried.show([{ name: "N", control: { type: "number", key: "n", min: 1 } }], { n: 3 }),
    );
    const field = row("N").locator("input");
    await field.fill("7");
    expect(await stored()).toEqual({ n: 3 });
    await field.press("Enter");
    expect(await stored()).toEqual({ n: 7 });
    await field.fill("0");
    await field.press("Enter");
    expect(await row("N").locator(".setting-item-error").count()).toBe(1);
    expect(await stored()).toEqual({ n: 7 });
  });

  test("what validate refuses is said below the row and not stored; the stored value is judged on mount (typings, SettingControlBase.validate)", async () => {
    await host.page.evaluate(() =>
      tried.show(
        [
          {
            name: "V",
            control: {
              type: "text",
              key: "v",
              validate: async (value) => (value.includes(" ") ? "No blanks." : undefined),
            },
          },
        ],
        { v: "a b" },
      ),
    );
    await row("V").locator(".setting-item-error", { hasText: "No blanks." }).waitFor();
    await row("V").locator("input").fill("c d");
    expect(await stored()).toEqual({ v: "a b" });
    await row("V").locator("input").fill("c");
    await row("V").locator(".setting-item-error").waitFor({ state: "detached" });
    expect(await stored()).toEqual({ v: "c" });
  });

  test("visible and disabled are asked again after every change (docs, Settings: Conditional visibility)", async () => {
    await host.page.evaluate(() => {
      const on = () => tried.stored["on"] === true;
      tried.show([
        { name: "On", control: { type: "toggle", key: "on" } },
        { name: "Seen", visible: on },
        { name: "Free", control: { type: "text", key: "free", disabled: () => !on() } },
      ]);
    });
    expect([await row("Seen").isVisible(), await row("Free").locator("input").isEnabled()]).toEqual([false, false]);
    await row("On").locator("input").press(" ");
    await row("Seen").waitFor();
    expect(await row("Free").locator("input").isEnabled()).toBe(true);
  });

  test("a page opens from its row and leads back; what a row rendered ends before it goes (typings, SettingDefinitionRender)", async () => {
    await host.page.evaluate(() =>
      tried.show([
        {
          type: "page",
          name: "More",
          displayValue: "two",
          items: [{ name: "Deep", render: () => () => document.body.setAttribute("data-ended", "yes") }],
        },
      ]),
    );
    expect(await row("More").textContent()).toContain("two");
    await row("More").click();
    await row("Deep").waitFor();
    await host.page.getByText("Back", { exact: true }).click();
    await row("More").waitFor();
    expect(await host.page.evaluate(() => document.body.dataset["ended"])).toBe("yes");
  });
});
