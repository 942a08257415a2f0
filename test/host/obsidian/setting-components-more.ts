/** The controls of settings that are rarer: sliders, colours, progress, values only to read. */
import { ValueComponent } from "./setting-components";

export class SliderComponent extends ValueComponent<number> {
  readonly sliderEl: HTMLInputElement;
  readonly #value: HTMLElement;
  #instant = false;
  #format = (value: number): string => String(value);

  constructor(containerEl: HTMLElement) {
    super();
    this.#value = containerEl.createSpan("slider-value");
    this.sliderEl = containerEl.createEl("input", { cls: "slider", type: "range" });
    this.sliderEl.addEventListener("input", () => {
      this.#show();
      if (this.#instant) this.onChanged();
    });
    this.sliderEl.addEventListener("change", () => {
      if (!this.#instant) this.onChanged();
    });
  }

  override setDisabled(disabled: boolean): this {
    this.sliderEl.disabled = disabled;
    return super.setDisabled(disabled);
  }

  setInstant(instant: boolean): this {
    this.#instant = instant;
    return this;
  }

  setLimits(min: number | null, max: number | null, step: number | "any"): this {
    this.sliderEl.setAttrs({ min, max, step });
    return this;
  }

  getValue(): number {
    return Number(this.sliderEl.value);
  }

  setValue(value: number): this {
    this.sliderEl.value = String(value);
    this.#show();
    return this;
  }

  getValuePretty(): string {
    return this.#format(this.getValue());
  }

  setDisplayFormat(format: (value: number) => string): this {
    this.#format = format;
    this.#show();
    return this;
  }

  setDynamicTooltip(): this {
    return this;
  }

  #show(): void {
    this.#value.setText(this.getValuePretty());
  }
}

export class ColorComponent extends ValueComponent<string> {
  readonly #picker: HTMLInputElement;

  constructor(containerEl: HTMLElement) {
    super();
    this.#picker = containerEl.createEl("input", { type: "color" });
    this.#picker.addEventListener("change", () => this.onChanged());
  }

  override setDisabled(disabled: boolean): this {
    this.#picker.disabled = disabled;
    return super.setDisabled(disabled);
  }

  getValue(): string {
    return this.#picker.value;
  }

  setValue(value: string): this {
    this.#picker.value = value;
    return this;
  }
}

export class ProgressBarComponent extends ValueComponent<number> {
  readonly #bar: HTMLElement;
  #percent = 0;

  constructor(containerEl: HTMLElement) {
    super();
    this.#bar = containerEl.createDiv("setting-progress-bar").createDiv("setting-progress-bar-inner");
  }

  getValue(): number {
    return this.#percent;
  }

  setValue(percent: number): this {
    this.#percent = percent;
    this.#bar.setCssStyles({ width: `${percent}%` });
    return this;
  }
}

/** A value that is only to read (1.13.1). */
export class DisplayValueComponent {
  readonly valueEl: HTMLElement;

  constructor(containerEl: HTMLElement) {
    this.valueEl = containerEl.createSpan("setting-display-value");
  }

  setValue(value: string | null): this {
    this.valueEl.setText(value ?? "");
    return this;
  }

  setStatus(status: "warning" | null): this {
    this.valueEl.toggleClass("mod-warning", status === "warning");
    return this;
  }
}
