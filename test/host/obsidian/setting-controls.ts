/**
 * The controls of declared settings (docs.obsidian.md, "Settings", "Control types" and "Validating input"): a value is read
 * when the row is drawn and validated once; a change is validated first, and what is refused is not persisted.
 */
import type { SettingControl } from "obsidian";
import type { Setting } from "./setting";

/** Where the values of controls are. */
export interface ControlValues {
  getControlValue(key: string): unknown;
  setControlValue(key: string, value: unknown): void | Promise<void>;
  /** After a change. */
  refreshDomState(): void;
  /** The paths that a control of this type suggests. */
  listPaths(control: SettingControl): readonly string[];
}

/** Draws a control into its row. */
export function drawControl(setting: Setting, control: SettingControl, values: ControlValues): void {
  const stored = values.getControlValue(control.key) ?? control.defaultValue;
  const validate = control.validate as ((value: unknown) => unknown) | undefined;
  let latest = 0;
  const judge = async (value: unknown): Promise<boolean> => {
    const turn = ++latest;
    const said = await validate?.(value);
    const message = typeof said === "string" ? said : "";
    if (turn !== latest) return false;
    setting.setErrorMessage(message);
    return message === "";
  };
  const commit = async (value: unknown): Promise<void> => {
    if (!(await judge(value))) return;
    await values.setControlValue(control.key, value);
    values.refreshDomState();
  };
  switch (control.type) {
    case "toggle":
      setting.addToggle((toggle) => toggle.setValue(stored === true).onChange(commit));
      break;
    case "dropdown":
      setting.addDropdown((list) => list.addOptions(control.options).setValue(asText(stored)).onChange(commit));
      break;
    case "slider":
      setting.addSlider((slider) => {
        slider
          .setLimits(control.min, control.max, control.step)
          .setValue(Number(stored ?? control.min))
          .onChange(commit);
        if (control.displayFormat) slider.setDisplayFormat(control.displayFormat);
      });
      break;
    case "color":
      setting.addColorPicker((picker) => picker.setValue(asText(stored)).onChange(commit));
      break;
    case "textarea":
      setting.addTextArea((area) => {
        area
          .setPlaceholder(control.placeholder ?? "")
          .setValue(asText(stored))
          .onChange(commit);
        area.inputEl.rows = control.rows ?? area.inputEl.rows;
      });
      break;
    case "number":
      drawNumber(setting, control, stored, commit);
      break;
    case "text":
    case "file":
    case "folder":
      setting.addText((field) => {
        field
          .setPlaceholder(control.placeholder ?? "")
          .setValue(asText(stored))
          .onChange(commit);
        if (control.type !== "text") suggestPaths(field.inputEl, values.listPaths(control));
      });
  }
  if (stored !== undefined) void judge(stored);
}

/** Commits on blur or Enter; what is no number or out of range is refused with a message. */
function drawNumber(
  setting: Setting,
  control: SettingControl & { type: "number" },
  stored: unknown,
  commit: (value: unknown) => Promise<void>,
): void {
  setting.addText((field) => {
    field.setPlaceholder(control.placeholder ?? "").setValue(asText(stored));
    field.inputEl.type = "number";
    field.inputEl.setAttrs({ min: control.min ?? null, max: control.max ?? null, step: control.step ?? null });
    let committed = field.getValue();
    const finish = (): void => {
      const text = field.getValue();
      if (text === committed) return;
      committed = text;
      const value = text === "" ? NaN : Number(text);
      if (Number.isNaN(value)) setting.setErrorMessage("Enter a number.");
      else if (value < (control.min ?? -Infinity)) setting.setErrorMessage(`Enter ${control.min} or more.`);
      else if (value > (control.max ?? Infinity)) setting.setErrorMessage(`Enter ${control.max} or less.`);
      else void commit(value);
    };
    field.inputEl.addEventListener("blur", finish);
    field.inputEl.addEventListener("keydown", (event) => {
      if (event.key === "Enter") finish();
    });
  });
}

let lists = 0;

function suggestPaths(input: HTMLInputElement, paths: readonly string[]): void {
  const list = input.parentElement?.createEl("datalist", { attr: { id: `paths-${++lists}` } });
  for (const path of paths) list?.createEl("option", { value: path });
  input.setAttr("list", `paths-${lists}`);
}

function asText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
