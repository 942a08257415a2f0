import { Plugin } from "obsidian";

/** The plugin. It loads and unloads; the features register themselves here as they come. */
export default class BacklogCardsPlugin extends Plugin {}
