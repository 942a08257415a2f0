import type { Component, MarkdownPostProcessor, MarkdownPostProcessorContext } from "obsidian";
import type { ReadingHost } from "./reading-host";
import { RenderedNote, type NoteMemory } from "./rendered-note";
import { RenderedPart } from "./rendered-part";
import { mayHoldMarkers, NoteRoles } from "./roles";
import { holdsWholeNote, WholeNote } from "./whole-note";

/**
 * Draws the task blocks of rendered notes as cards: in reading view, embeds, hover previews and on paper. Register what it
 * returns as a post-processor, and call `rerenderReading` after, when cards in reading view are switched on or off, and when
 * the plugin is unloaded: what is then left (previews, embeds) is put back as it was rendered when `owner` is.
 */
export function readingCards(host: ReadingHost, owner: Component): MarkdownPostProcessor {
  const cards = new ReadingCards(host);
  owner.register(host.onRefresh((path) => cards.refresh(path)));
  owner.register(() => cards.stop());
  return (element, context) => cards.process(element, context);
}

class ReadingCards {
  private readonly notes = new Map<string, RenderedNote>();
  private readonly wholeNotes = new Set<WholeNote>();
  private readonly memories = new Map<string, NoteMemory>();
  private isStopped = false;
  /** Whether the last text that was asked about may hold markers: its parts come one after another. */
  private lastAsked = { text: "", may: false };

  constructor(private readonly host: ReadingHost) {}

  process(element: HTMLElement, context: MarkdownPostProcessorContext): Promise<void> | void {
    if (this.isStopped || !this.host.enabled()) return;
    if (holdsWholeNote(element)) return this.processWhole(element, context);
    const text = context.getSectionInfo(element)?.text ?? this.host.textOf(context.sourcePath);
    if (text !== null && !this.mayHold(text)) return;
    context.addChild(new RenderedPart(element, context, this.noteOf(context)));
  }

  refresh(path: string | null): void {
    for (const note of [...this.notes.values()]) if (path === null || note.path === path) note.refresh();
  }

  stop(): void {
    this.isStopped = true;
    for (const note of [...this.notes.values()]) note.stop();
    for (const whole of this.wholeNotes) whole.restore();
    this.notes.clear();
    this.wholeNotes.clear();
  }

  /** On paper there is nothing to wait for later: what is known is drawn at once, what is not is read first. */
  private processWhole(element: HTMLElement, context: MarkdownPostProcessorContext): Promise<void> | void {
    const { sourcePath } = context;
    const whole = new WholeNote(element);
    whole.register(() => this.wholeNotes.delete(whole));
    this.wholeNotes.add(whole);
    context.addChild(whole);
    const draw = (text: string | null) => {
      if (text === null || this.isStopped || !mayHoldMarkers(text)) return;
      whole.draw(sourcePath, new NoteRoles(text), this.host.contextOf(sourcePath), this.host.actionsFor(sourcePath));
    };
    const known = this.host.textOf(sourcePath);
    if (known === null) return this.host.readText(sourcePath).then(draw);
    draw(known);
  }

  private mayHold(text: string): boolean {
    if (this.lastAsked.text !== text) this.lastAsked = { text, may: mayHoldMarkers(text) };
    return this.lastAsked.may;
  }

  private noteOf({ docId, sourcePath }: MarkdownPostProcessorContext): RenderedNote {
    const key = JSON.stringify([docId, sourcePath]);
    const known = this.notes.get(key);
    if (known) return known;
    const memory = this.memories.get(key) ?? { opened: new Map<string, boolean>(), rerenderedText: null };
    this.memories.set(key, memory);
    const note = new RenderedNote(this.host, sourcePath, memory, () => {
      if (this.notes.get(key) === note) this.notes.delete(key);
    });
    this.notes.set(key, note);
    return note;
  }
}
