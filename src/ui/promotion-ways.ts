/** What leads out of a refusal, or from the preview to a place in the notes. */
export type WayOut =
  /** Shows a line of a note; `path` relative to the folder. */
  | { readonly kind: "open"; readonly path: string; readonly line: number; readonly label: string }
  /** Applies the fix that is shown. */
  | { readonly kind: "fix"; readonly label: string }
  /** Archives the done tasks of the todo note first. */
  | { readonly kind: "archive"; readonly label: string }
  /** Takes a task of the todo note back into the backlog. */
  | { readonly kind: "return"; readonly id: string; readonly label: string }
  /** Ends the move that was interrupted. */
  | { readonly kind: "recover"; readonly label: string }
  /** Looks again. */
  | { readonly kind: "retry"; readonly label: string }
  /** Goes to the next task that is not complete: from where the cursor is, else to the one that stands here. */
  | { readonly kind: "next-incomplete"; readonly path: string; readonly line: number; readonly label: string }
  /** Promotes from the group that the rules choose. */
  | { readonly kind: "any-group"; readonly label: string }
  | { readonly kind: "choose-group"; readonly label: string }
  | { readonly kind: "start-backlog"; readonly label: string };
