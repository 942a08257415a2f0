// The contract of the app's user interface, as far as ours relies on it: elements, modals, menus, notices, the
// palette. Each test names the behaviour and, in brackets, where it is known from.
import { findBarriers } from "./support/axe";
import { CODEMIRRORS, openHost, type Host } from "./support/harness";

describe.each(CODEMIRRORS)("the user interface, over CodeMirror %s", (codemirror) => {
  let host: Host;

  beforeAll(async () => {
    host = await openHost({ codemirror, vault: { "a.md": "# A\n", "b/c.md": "C\n" }, open: [{ path: "a.md" }] });
  });

  afterAll(async () => {
    expect(host.errors()).toEqual([]);
    await host.close();
  });

  afterEach(async () => {
    for (let at = 0; at < 3; at++) await host.page.keyboard.press("Escape");
    await host.page.evaluate(() => document.querySelectorAll<HTMLElement>(".notice").forEach((one) => one.click()));
  });

  describe("elements", () => {
    test("createEl takes classes, text, attributes and a parent, and calls back (typings, DomElementInfo)", async () => {
      const html = await host.page.evaluate(() => {
        const parent = createDiv();
        parent.createEl("a", { cls: ["x", "y"], text: "t", href: "#h", attr: { "data-n": 1, "data-no": null } }, (el) =>
          el.addClass("z"),
        );
        parent.createSpan({ cls: "first", prepend: true });
        return parent.innerHTML;
      });
      expect(html).toBe('<span class="first"></span><a class="x y z" data-n="1" href="#h">t</a>');
    });

    test("an element made in a pop-out is an instance of its own window's classes, and instanceOf tells both (typings, Node)", async () => {
      const answer = await host.page.evaluate(async () => {
        await window.host.open("a.md", { popout: true });
        const view = window.host.views().at(-1);
        const el = view?.contentEl.createDiv();
        const result = [
          el instanceof HTMLElement,
          el?.instanceOf(HTMLElement),
          el?.doc === document,
          typeof el?.createDiv,
        ];
        view?.leaf.detach();
        return result;
      });
      expect(answer).toEqual([false, true, false, "function"]);
    });

    test("isShown is false below an element that is hidden (typings, HTMLElement)", async () => {
      const shown = await host.page.evaluate(() => {
        const outer = document.body.createDiv();
        const inner = outer.createDiv();
        const before = inner.isShown();
        outer.hide();
        const result = [before, inner.isShown()];
        outer.remove();
        return result;
      });
      expect(shown).toEqual([true, false]);
    });
  });

  describe("icons and tooltips", () => {
    test("setIcon puts a Lucide drawing in the place of the content, with or without prefix (docs, Icons)", async () => {
      const html = await host.page.evaluate(() => {
        const { setIcon } = window.host.modules.obsidian;
        return ["circle-check", "lucide-circle-check"].map((name) => {
          const el = createDiv({ text: "before" });
          setIcon(el, name);
          return `${el.textContent}${el.firstElementChild?.getAttribute("class") ?? ""}`;
        });
      });
      expect(html).toEqual(Array(2).fill("svg-icon lucide-circle-check"));
    });

    test("a tooltip is the element's label, and shows when the pointer rests (typings, setTooltip; observation)", async () => {
      await host.page.evaluate(() => {
        const el = document.body.createDiv({
          text: "x",
          attr: { id: "tip", style: "position:fixed;top:9px;left:9px" },
        });
        window.host.modules.obsidian.setTooltip(el, "What it is");
      });
      expect(await host.page.locator("#tip").getAttribute("aria-label")).toBe("What it is");
      await host.page.locator("#tip").hover();
      await host.page.locator(".tooltip", { hasText: "What it is" }).waitFor();
      await host.page.evaluate(() => document.querySelector("#tip")?.remove());
      await host.page.mouse.move(400, 400);
    });

    test("no tooltip stands over the text of a note (observation)", async () => {
      await host.page.mouse.move(1, 1);
      await host.page.locator(".cm-content .cm-line").first().hover();
      await host.settled();
      expect(await host.page.locator(".tooltip").count()).toBe(0);
    });
  });

  describe("a modal", () => {
    test("covers the window, keeps the keyboard, closes at Escape and gives the focus back (typings, Modal)", async () => {
      await host.page.locator(".cm-content").click();
      await host.page.evaluate(() => {
        const { app, modules } = window.host;
        const modal = new modules.obsidian.Modal(app);
        modal.setTitle("Title");
        modal.contentEl.createEl("button", { text: "One" });
        modal.contentEl.createEl("button", { text: "Two" });
        modal.setCloseCallback(() => document.body.setAttribute("data-closed", "yes"));
        modal.open();
      });
      expect(await findBarriers(host.page, ".modal")).toEqual([]);
      for (let at = 0; at < 4; at++) await host.page.keyboard.press("Tab");
      expect(await host.page.evaluate(() => document.activeElement?.closest(".modal") !== null)).toBe(true);
      await host.page.keyboard.press("Control+p");
      expect(await host.page.locator(".prompt").count()).toBe(0);
      await host.page.keyboard.press("Escape");
      expect(await host.page.locator(".modal").count()).toBe(0);
      expect(await host.page.evaluate(() => document.body.getAttribute("data-closed"))).toBe("yes");
      expect(await host.page.evaluate(() => document.activeElement?.className)).toContain("cm-content");
    });

    test("a confirmation closes after a button's handler unless that gives something truthy (typings, ConfirmationButton)", async () => {
      await host.page.evaluate(() => {
        const { app, modules } = window.host;
        const modal = new modules.obsidian.ConfirmationModal(app);
        modal.addButton((button) => button.setButtonText("Stay").onClick(() => true));
        modal.addButton((button) =>
          button
            .setButtonText("Go")
            .setInitialFocus()
            .onClick(async () => sleep(10)),
        );
        modal.addCancelButton();
        modal.open();
      });
      expect(await host.page.evaluate(() => document.activeElement?.textContent)).toBe("Go");
      await host.page.getByText("Stay").click();
      expect(await host.page.locator(".modal").count()).toBe(1);
      await host.page.getByText("Go", { exact: true }).click();
      await host.page.locator(".modal").waitFor({ state: "detached" });
    });
  });

  test("Enter does nothing of itself in a modal, but what its scope says; a button that has the focus is pressed (typing of Modal.scope)", async () => {
    await host.page.evaluate(() => {
      const { app, modules } = window.host;
      const modal = new modules.obsidian.Modal(app);
      const did = (what: string): void => {
        modal.containerEl.dataset["did"] = `${modal.containerEl.dataset["did"] ?? ""}${what} `;
      };
      modal.contentEl.createEl("input", { type: "text" });
      modal.contentEl.createEl("button", { text: "Press" }, (button) =>
        button.addEventListener("click", () => {
          did("press");
          modal.scope.register([], "Enter", () => {
            did("enter");
            return false;
          });
        }),
      );
      modal.open();
    });
    const did = () => host.page.locator(".modal-container").getAttribute("data-did");
    await host.page.keyboard.press("Enter");
    expect(await did()).toBeNull();
    await host.page.keyboard.press("Tab");
    await host.page.keyboard.press("Enter");
    expect(await did()).toBe("press ");
    await host.page.keyboard.press("Enter");
    expect(await did()).toBe("press enter ");
    await host.page.keyboard.press("Escape");
    expect(await host.page.locator(".modal-container").count()).toBe(0);
  });

  test("a fuzzy list finds by parts of words, best first, closes before it tells of a choice, and Escape chooses nothing (typing of FuzzySuggestModal)", async () => {
    const openList = () =>
      host.page.evaluate(() => {
        const { app, modules } = window.host;
        class Choose extends modules.obsidian.FuzzySuggestModal<string> {
          getItems(): string[] {
            return ["archive/one", "backlogs/docs", "backlogs/infra"];
          }
          getItemText(value: string): string {
            return value;
          }
          onChooseItem(value: string): void {
            document.body.dataset["chosen"] = `${value} ${document.querySelectorAll(".prompt").length}`;
          }
        }
        delete document.body.dataset["chosen"];
        const list = new Choose(app);
        list.setPlaceholder("Which?");
        list.open();
      });
    const shown = () => host.page.locator(".suggestion-item").allTextContents();
    await openList();
    expect(await shown()).toEqual(["archive/one", "backlogs/docs", "backlogs/infra"]);
    await host.page.keyboard.type("bkinf");
    expect(await shown()).toEqual(["backlogs/infra"]);
    await host.page.keyboard.press("Enter");
    expect(await host.page.evaluate(() => document.body.dataset["chosen"])).toBe("backlogs/infra 0");
    await openList();
    await host.page.keyboard.press("Escape");
    expect(await host.page.evaluate(() => document.body.dataset["chosen"])).toBeUndefined();
  });

  describe("a notice", () => {
    test("with buttons is reached by keyboard and goes after one was pressed (typings, Notice; a press is a click on it: assumption)", async () => {
      await host.page.evaluate(() => {
        const { Notice } = window.host.modules.obsidian;
        const message = createFragment((fragment) => {
          fragment.appendText("Done. ");
          fragment.createEl("button", { text: "Undo" }, (button) =>
            button.addEventListener("click", () => document.body.setAttribute("data-undone", "yes")),
          );
        });
        new Notice(message, 0);
        document.querySelector<HTMLElement>(".notice button")?.focus();
      });
      await host.page.keyboard.press("Enter");
      expect(await host.page.evaluate(() => document.body.dataset["undone"])).toBe("yes");
      expect(await host.page.locator(".notice").count()).toBe(0);
    });

    test("shows a text or a fragment, and goes at a click (typings, Notice)", async () => {
      await host.page.evaluate(() => {
        new window.host.modules.obsidian.Notice(
          createFragment((fragment) => fragment.createEl("b", { text: "bold" })),
          0,
        );
      });
      await host.page.locator(".notice b").click();
      expect(await host.page.locator(".notice").count()).toBe(0);
    });

    test("goes by itself after its time; 0 leaves it (typings, Notice)", async () => {
      await host.page.evaluate(() => {
        const { Notice } = window.host.modules.obsidian;
        new Notice("stays", 0);
        new Notice("goes", 50);
      });
      await host.page.locator(".notice", { hasText: "goes" }).waitFor({ state: "detached" });
      expect(await host.page.locator(".notice").allTextContents()).toEqual(["stays"]);
    });
  });

  describe("a menu", () => {
    const show = () =>
      host.page.evaluate(() => {
        const menu = new window.host.modules.obsidian.Menu();
        const chosen = (name: string) => () => document.body.setAttribute("data-chosen", name);
        menu.addItem((one) => one.setTitle("A").setSection("x").onClick(chosen("A")));
        menu.addItem((one) => one.setTitle("B").setSection("y").onClick(chosen("B")));
        menu.addItem((one) => one.setTitle("C").setSection("x").setDisabled(true).onClick(chosen("C")));
        menu.onHide(() => document.body.setAttribute("data-hidden", "yes"));
        menu.showAtPosition({ x: 100, y: 100 });
      });

    test("keeps the lines of a section together, parted by separators (typings, MenuItem.setSection)", async () => {
      await show();
      const parts = await host.page
        .locator(".menu-scroll > *")
        .evaluateAll((all) => all.map((el) => el.textContent || "—"));
      expect(parts).toEqual(["A", "C", "—", "B"]);
      expect(await findBarriers(host.page, ".menu")).toEqual([]);
    });

    test("is moved through by arrows, passing what is disabled, and closes before it acts (observation)", async () => {
      await show();
      await host.page.keyboard.press("ArrowDown");
      await host.page.keyboard.press("ArrowDown");
      await host.page.keyboard.press("Enter");
      expect(
        await host.page.evaluate(() => [document.body.dataset["chosen"], document.body.dataset["hidden"]]),
      ).toEqual(["B", "yes"]);
      expect(await host.page.locator(".menu").count()).toBe(0);
    });

    test("has no menus below its lines, which no typing promises (typing of MenuItem)", async () => {
      const has = await host.page.evaluate(() => {
        let found = true;
        new window.host.modules.obsidian.Menu().addItem((one) => (found = "setSubmenu" in one));
        return found;
      });
      expect(has).toBe(false);
    });

    test("closes at a click elsewhere (observation)", async () => {
      await show();
      await host.page.mouse.click(700, 500);
      expect(await host.page.locator(".menu").count()).toBe(0);
    });
  });

  describe("the palette", () => {
    test("opens at Mod+P, lists what can be run now under the plugin's name, and runs it (typings, Command.checkCallback)", async () => {
      await host.page.evaluate(() => {
        window.host.plugin?.addCommand({ id: "never", name: "Never", checkCallback: () => false });
        window.host.plugin?.addCommand({
          id: "now",
          name: "Now please",
          checkCallback: (checking) => {
            if (!checking) document.body.setAttribute("data-ran", "yes");
            return true;
          },
        });
      });
      await host.page.keyboard.press("Control+p");
      await host.page.keyboard.type("nwplease");
      const found = await host.page.locator(".suggestion-item").allTextContents();
      expect(found).toEqual(["Backlog Cards: Now please"]);
      await host.page.keyboard.press("Enter");
      expect(await host.page.evaluate(() => document.body.dataset["ran"])).toBe("yes");
    });
  });

  test("light and dark have the documented colours (docs, CSS variables: Colors)", async () => {
    const colours = await host.page.evaluate(() =>
      (["light", "dark"] as const).map((theme) => {
        window.host.setTheme(theme);
        const style = getComputedStyle(document.body);
        return ["--color-base-00", "--color-red", "--text-normal"].map((name) => style.getPropertyValue(name).trim());
      }),
    );
    expect(colours).toEqual([
      ["#ffffff", "#e93147", "#222222"],
      ["#1c1c1c", "#fb464c", "#dadada"],
    ]);
  });
});
