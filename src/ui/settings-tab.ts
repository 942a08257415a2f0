import { PluginSettingTab, type App, type Plugin, type SettingDefinitionItem } from "obsidian";
import { DEFAULT_NAMES, type NoteNames } from "../core/folder";
import { DEFAULT_REQUIRED } from "../core/rules";
import type { Settings } from "../settings";
import {
  judgeLabels,
  judgeName,
  judgeNumber,
  RULE_DEFAULTS,
  showValue,
  storeValue,
  type SettingKey,
} from "./setting-values";

/** Where the settings are kept. */
export interface SettingsPort {
  /** The settings in force. */
  readonly settings: Settings;
  /** What the file holds. */
  readonly raw: unknown;
  /** Writes one of them; undefined takes it out, for the default. Says by itself where that fails. */
  change(key: string, value: unknown): Promise<void>;
}

type Definition = SettingDefinitionItem<SettingKey>;

/** The settings of the plugin, one row for each. */
export class SettingsTab extends PluginSettingTab {
  override icon = "square-kanban";

  constructor(
    app: App,
    plugin: Plugin,
    private readonly port: SettingsPort,
  ) {
    super(app, plugin);
  }

  override getSettingDefinitions(): SettingDefinitionItem[] {
    return [...this.listNames(), ...this.listRules(), ...listLooks()];
  }

  override getControlValue(key: string): unknown {
    return showValue(this.port.settings, this.port.raw, key as SettingKey);
  }

  override async setControlValue(key: string, value: unknown): Promise<void> {
    await this.port.change(key, storeValue(key as SettingKey, value));
  }

  private listNames(): readonly Definition[] {
    return [
      {
        type: "group",
        heading: "Notes of a backlog folder",
        items: [
          this.describeName(
            "backlog",
            "Backlog",
            "Tasks that nobody has started. A folder that holds a note of this name is a backlog folder.",
          ),
          this.describeName("todo", "Todo note", "The batch that is being worked on."),
          this.describeName(
            "archive",
            "Archive",
            "Finished tasks. Under the default name, ARCHIVE/ARCHIVE.md is taken where only that exists.",
          ),
          this.describeName("index", "Task index", "Says of every task which note it is in. The note is optional."),
        ],
      },
    ];
  }

  private describeName(kind: keyof NoteNames, name: string, desc: string) {
    return {
      name,
      desc: `${desc} The name may lead into a subfolder; leave it empty for ${DEFAULT_NAMES[kind]}.`,
      aliases: ["note name", "file name"],
      control: {
        type: "text",
        key: `names.${kind}`,
        placeholder: DEFAULT_NAMES[kind],
        validate: (value: string) => judgeName(this.port.settings.names, kind, value),
      },
    } as const satisfies Definition;
  }

  private listRules(): readonly Definition[] {
    return [
      {
        type: "group",
        heading: "Rules",
        items: [
          {
            name: "Follow the note's own rules",
            desc: "The properties of a backlog come before these settings, and so does the rules comment at its top, so that people, agents and the command line go by the same rules. Turned off, these settings alone count.",
            aliases: ["properties", "frontmatter", "rules comment"],
            control: { type: "toggle", key: "rules.followNotes", defaultValue: RULE_DEFAULTS["rules.followNotes"] },
          },
          {
            name: "Limit",
            desc: "How many open tasks the todo note may hold. A backlog overrides it with the property batch-limit, or with “Take up to 5 tasks” in its rules comment.",
            aliases: ["batch size", "batch-limit"],
            control: {
              type: "number",
              key: "rules.limit",
              min: 1,
              step: 1,
              validate: (value: number) => judgeNumber(value, 1),
            },
          },
          {
            name: "Group order",
            desc: "Which group is next. A backlog overrides it with the property batch-order: file or priority.",
            aliases: ["batch-order", "priority"],
            control: {
              type: "dropdown",
              key: "rules.order",
              defaultValue: RULE_DEFAULTS["rules.order"],
              options: { file: "As listed in the note", priority: "By priority, then as listed" },
            },
          },
          {
            name: "Required fields",
            desc: "What a task needs to be complete, separated by commas; nothing is required where this is empty. A backlog overrides it with the property required-fields, or with a list under REQUIRED FIELDS in its rules comment.",
            aliases: ["complete", "incomplete", "required-fields"],
            control: {
              type: "text",
              key: "rules.required",
              placeholder: DEFAULT_REQUIRED.join(", "),
              validate: judgeLabels,
            },
          },
          {
            name: "Minimum steps",
            desc: "How many numbered steps a plan needs. A backlog overrides it with the property minimum-steps, or with “Minimum 3 numbered” in its rules comment.",
            aliases: ["plan", "minimum-steps"],
            control: {
              type: "number",
              key: "rules.minimumSteps",
              min: 0,
              step: 1,
              validate: (value: number) => judgeNumber(value, 0),
            },
          },
          {
            name: "Moved note",
            desc: "When tasks leave a group, a comment below its title says which ones, where to and when. A backlog overrides it with the property moved-note: true or false.",
            aliases: ["moved-note", "comment"],
            control: { type: "toggle", key: "rules.movedNote", defaultValue: RULE_DEFAULTS["rules.movedNote"] },
          },
          {
            name: "Preview before promotion",
            desc: "Show what would move, and move it when you say so. Turned off, tasks move at once: the notice has a button that takes them back. What stands in the way is always shown.",
            aliases: ["promote", "batch", "confirm"],
            control: { type: "toggle", key: "previewPromotion", defaultValue: true },
          },
        ],
      },
    ];
  }
}

function listLooks(): readonly Definition[] {
  return [
    {
      type: "group",
      heading: "Display",
      items: [
        {
          name: "Cards in live preview",
          desc: "Show task blocks as cards while editing. Source mode always shows the source.",
          aliases: ["editor"],
          control: { type: "toggle", key: "cards.livePreview", defaultValue: true },
        },
        {
          name: "Cards in reading view",
          desc: "Show task blocks as cards while reading.",
          control: { type: "toggle", key: "cards.reading", defaultValue: true },
        },
        {
          name: "Details open in reading view",
          desc: "Show description, criteria, plan and notes of every card until you close them.",
          aliases: ["description", "criteria", "plan"],
          control: { type: "toggle", key: "detailsOpen", defaultValue: true },
        },
        {
          name: "Status bar",
          desc: "Count the open and the incomplete tasks of the folder at hand in the status bar. It is not available on phones and tablets.",
          aliases: ["count"],
          control: { type: "toggle", key: "statusBar", defaultValue: true },
        },
      ],
    },
  ];
}
