// What `require("obsidian")` gives to the plugin.
export { Component } from "./component";
export { Events } from "./events";
export { TAbstractFile, TFile, TFolder } from "./file";
export { Plugin } from "./plugin";
export { Vault } from "./vault";
export { MetadataCache } from "./metadata-cache";
export { App } from "./app";
export { DataAdapter as FileSystemAdapter } from "./data-adapter";

// The user interface.
export { AbstractInputSuggest, PopoverSuggest } from "./input-suggest";
export { FuzzySuggestModal, SuggestModal } from "./suggest";
export { Keymap, Scope } from "./keymap";
export { Menu, MenuItem } from "./menu";
export { ConfirmationButton, ConfirmationModal, Modal } from "./modal";
export { Notice } from "./notice";
export { Setting, SettingGroup } from "./setting";
export { PluginSettingTab, SettingPage, SettingTab } from "./setting-tab";
export {
  AbstractTextComponent,
  BaseComponent,
  ButtonComponent,
  DropdownComponent,
  ExtraButtonComponent,
  SearchComponent,
  TextAreaComponent,
  TextComponent,
  ToggleComponent,
  ValueComponent,
} from "./setting-components";
export {
  ColorComponent,
  DisplayValueComponent,
  ProgressBarComponent,
  SliderComponent,
} from "./setting-components-more";
export { addIcon, getIcon, getIconIds, removeIcon, setIcon } from "./icons";
export { displayTooltip, setTooltip } from "./tooltip";
export { prepareFuzzySearch, prepareSimpleSearch, renderMatches, renderResults, sortSearchResults } from "./search";
export {
  apiVersion,
  debounce,
  getLanguage,
  getLinkpath,
  normalizePath,
  parseLinktext,
  Platform,
  requireApiVersion,
} from "./platform";

// Panes, editors and the reading view.
export { DeferredView } from "./empty-view";
export { Editor } from "./editor";
export {
  editorEditorField,
  editorInfoField,
  editorLivePreviewField,
  editorViewField,
  livePreviewState,
} from "./editor-fields";
export { WorkspaceLeaf } from "./leaf";
export { MarkdownRenderChild } from "./markdown-render-child";
export { MarkdownRenderer } from "./markdown-renderer";
export { MarkdownView } from "./markdown-view";
export { MarkdownPreviewRenderer } from "./post-processors";
export { MarkdownPreviewView } from "./preview-view";
export { TextFileView } from "./text-file-view";
export { EditableFileView, FileView, ItemView, View } from "./view";
export { Workspace } from "./workspace";
export {
  WorkspaceContainer,
  WorkspaceItem,
  WorkspaceParent,
  WorkspaceRoot,
  WorkspaceSplit,
  WorkspaceTabs,
} from "./workspace-parts";
export { WorkspaceWindow } from "./workspace-window";
