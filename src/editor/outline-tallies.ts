import { groupAfter, type GroupPart } from "../core/outline";
import type { PartValue, Tally } from "./outline";

/** By group; counts may be less than zero, where they are what an edit takes away. */
interface Count {
  groups: number;
  ends: number;
  tasks: number;
  ready: number;
  movedIds: number;
  texts: number;
}

const NOTHING: Readonly<Count> = { groups: 0, ends: 0, tasks: 0, ready: 0, movedIds: 0, texts: 0 };

/** The tallies of all groups of a note, kept current part by part. Immutable. */
export class Tallies {
  private constructor(
    private readonly counts: ReadonlyMap<GroupPart, Readonly<Count>>,
    private readonly tallies: ReadonlyMap<GroupPart, Tally>,
  ) {}

  /** Of no parts. */
  static readonly none = new Tallies(new Map(), new Map());

  /** By group; one object as long as it says the same. */
  get byGroup(): ReadonlyMap<GroupPart, Tally> {
    return this.tallies;
  }

  /** The tallies without some parts and with others; this object where they are the same. */
  change(removed: Iterable<PartValue>, added: Iterable<PartValue>): Tallies {
    const changes = new Map<GroupPart, Count>();
    for (const value of removed) count(changes, value, -1);
    for (const value of added) count(changes, value, 1);
    const changed = [...changes].filter(([, change]) => Object.values(change).some((number) => number !== 0));
    if (changed.length === 0) return this;
    const counts = new Map(this.counts);
    const tallies = new Map(this.tallies);
    for (const [group, change] of changed) {
      const now = addCounts(counts.get(group) ?? NOTHING, change);
      if (now.groups === 0) {
        counts.delete(group);
        tallies.delete(group);
      } else {
        counts.set(group, now);
        tallies.set(group, readTally(now));
      }
    }
    return new Tallies(counts, tallies);
  }
}

function count(changes: Map<GroupPart, Count>, { part, badge }: PartValue, by: 1 | -1): void {
  const group = part.kind === "group-end" ? part.group : groupAfter(part);
  if (!group) return;
  const change = changes.get(group) ?? { ...NOTHING };
  changes.set(group, change);
  switch (part.kind) {
    case "group":
      change.groups += by;
      break;
    case "group-end":
      change.ends += by;
      break;
    case "task":
      change.tasks += by;
      if (badge?.promotable) change.ready += by;
      break;
    case "plain":
      change.movedIds += by * part.movedIds;
      if (!part.quiet) change.texts += by;
      break;
  }
}

function addCounts(a: Readonly<Count>, b: Readonly<Count>): Count {
  return {
    groups: a.groups + b.groups,
    ends: a.ends + b.ends,
    tasks: a.tasks + b.tasks,
    ready: a.ready + b.ready,
    movedIds: a.movedIds + b.movedIds,
    texts: a.texts + b.texts,
  };
}

function readTally({ ends, tasks, ready, movedIds, texts }: Count): Tally {
  return { tasks, ready, movedIds, empty: tasks === 0 && texts === 0, closed: ends > 0 };
}
