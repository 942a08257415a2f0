import { FuzzySuggestModal, type FuzzyMatch } from "obsidian";

/** A list that is searched while one types. The Enter that opened it and is still held chooses nothing. */
export abstract class ChooseList<T> extends FuzzySuggestModal<T> {
  override selectSuggestion(value: FuzzyMatch<T>, event: MouseEvent | KeyboardEvent): void {
    if (!("repeat" in event && event.repeat)) super.selectSuggestion(value, event);
  }
}
