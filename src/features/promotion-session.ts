import type { BacklogFolder } from "../core/folder";
import type { MoveOutcome, PlanMaker } from "../core/move";
import type { Plan } from "../core/plan";
import type { Refusal } from "../core/refusal";
import { StoreError } from "../core/store";
import { describeDiff, digestDiff } from "../ui/note-diff";
import { describePlan, type PromotionModel } from "../ui/promotion-model";
import { PromotionModal } from "../ui/promotion-modal";
import type { WayOut } from "../ui/promotion-ways";
import { joinPath } from "../vault/folders";
import { today } from "./moves";
import type { Parts } from "./parts";
import { digestPromotion, planWishes, type WantedGroup, type WishedPromotion } from "./promotion-plan";
import { describeRefusal, planMend } from "./promotion-refusal";
import { wordForApp } from "./refusals";

/** How long notes and goal have to be left alone before what is shown follows them, in milliseconds. */
const DELAY = 100;

/** As a folder was found. */
interface Sight {
  /** Null where the notes could not be read. */
  readonly folder: BacklogFolder | null;
  /** What stands in the way whatever is planned: a move under way, a note that can't be read. */
  readonly refusal: Refusal | null;
}

/** What a session leaves to others. */
export interface SessionHands {
  /** Says what was moved. */
  announce(outcome: MoveOutcome, promotion: WishedPromotion): void;
  /** Leads out of the preview, which is closed by then. */
  leave(way: WayOut): void;
  /** Does what a way out says, after which the preview looks again. */
  mend(way: WayOut): Promise<void>;
}

/** Ways out that lead back to the preview. */
const INSIDE: ReadonlySet<WayOut["kind"]> = new Set<WayOut["kind"]>(["archive", "fix", "retry", "return"]);

const CHANGED: Refusal = {
  code: "stale-source",
  message: "The notes changed meanwhile. Nothing was written: this is what would move now.",
};

/** One promotion with its preview: what is shown is what moves, or nothing does. */
export class PromotionSession {
  private goal = "";
  private archiveDone: boolean | null = null;
  private sight: Sight = { folder: null, refusal: null };
  private planned: WishedPromotion | null = null;
  private refusal: Refusal | null = null;
  private status = "";
  private modal: PromotionModal | null = null;
  private timer: number | null = null;
  private turn = 0;

  /** @param group the one to take from; null for the one that the rules choose. */
  constructor(
    private readonly parts: Parts,
    private readonly folder: string,
    private readonly group: WantedGroup | null,
    private readonly hands: SessionHands,
  ) {}

  /** Shows what would move. Rejects with a StoreError where the vault refuses. */
  async open(): Promise<void> {
    const { app, overlays, watch } = this.parts;
    const sight = await this.look();
    this.take(sight);
    const unsubscribe = watch.subscribe((folder) => {
      if (folder === this.folder) this.soon(() => void this.lookAgain());
    });
    this.modal = new PromotionModal(app, this.describe(), {
      promote: () => void this.promote(),
      setGoal: (goal) => {
        this.goal = goal;
        this.soon(() => this.replan());
      },
      setArchiveDone: (archiveDone) => {
        this.archiveDone = archiveDone;
        this.status = "";
        this.replan();
      },
      follow: (way) => void this.follow(way),
      closed: () => {
        unsubscribe();
        this.modal = null;
        this.turn++;
        if (this.timer !== null) window.clearTimeout(this.timer);
      },
    });
    overlays.openModal(this.modal);
  }

  /** Moves at once, without a preview; where that is refused, the preview says why. Rejects as `open` does. */
  async promoteAtOnce(): Promise<void> {
    this.archiveDone = false;
    const { outcome, promotion } = await this.perform((wished) => wished);
    if (outcome.refusal || !promotion) {
      this.archiveDone = null;
      return this.open();
    }
    this.hands.announce(outcome, promotion);
  }

  private async promote(): Promise<void> {
    const { modal } = this;
    if (!modal) return;
    // With the goal as it is now: it may have been typed a moment ago.
    if (this.sight.folder) this.planned = this.plan(this.sight.folder);
    const shown = this.planned ? digestPromotion(this.planned.planned) : "";
    await this.busily(async () => {
      const { outcome, promotion } = await this.perform((wished) => {
        const { planned } = wished;
        const isShown = !planned.plan || digestPromotion(planned) === shown;
        return isShown ? wished : { ...wished, planned: { ...planned, plan: null, refusal: CHANGED } };
      });
      if (!outcome.refusal && promotion) {
        modal.close();
        this.hands.announce(outcome, promotion);
        return;
      }
      this.status = outcome.refusal ? wordForApp(outcome.refusal.message) : "";
      await this.lookAgain(true);
    }, "Nothing was moved.");
  }

  /** Performs what is planned anew under the lock, after `judge` had its say. */
  private async perform(
    judge: (wished: WishedPromotion) => WishedPromotion,
  ): Promise<{ readonly outcome: MoveOutcome; readonly promotion: WishedPromotion | null }> {
    let promotion: WishedPromotion | null = null;
    const makePlan: PlanMaker = (folder) => {
      promotion = judge(this.plan(folder));
      return promotion.planned;
    };
    const outcome = await this.parts.moves.perform(this.folder, makePlan);
    return { outcome, promotion };
  }

  private async follow(way: WayOut): Promise<void> {
    const { modal } = this;
    if (!INSIDE.has(way.kind)) {
      modal?.close();
      this.hands.leave(way);
      return;
    }
    if (way.kind === "archive") {
      this.archiveDone = true;
      this.replan();
      return;
    }
    this.status = "";
    await this.busily(async () => {
      if (way.kind === "fix") await this.fix();
      else if (way.kind === "return") await this.hands.mend(way);
      await this.lookAgain(true);
    }, "The notes stay as they were.");
  }

  /** Applies the fix that is shown. */
  private async fix(): Promise<void> {
    const { refusal } = this;
    const { folder } = this.sight;
    if (!refusal || !folder) return;
    const digest = ({ changes }: Plan) => JSON.stringify(changes.map((change) => digestDiff(describeDiff(change))));
    const plan = (fresh: BacklogFolder): Plan => planMend(refusal, fresh, this.parts.store.settings.rules, today());
    const shown = digest(plan(folder));
    const outcome = await this.parts.moves.perform(this.folder, (fresh) => {
      const mend = plan(fresh);
      return digest(mend) === shown ? { plan: mend, refusal: null } : { plan: null, refusal: CHANGED };
    });
    if (outcome.refusal) this.status = wordForApp(outcome.refusal.message);
  }

  /** Does something that takes a while; what goes wrong is said in the preview. */
  private async busily(act: () => Promise<void>, otherwise: string): Promise<void> {
    const { modal } = this;
    modal?.setBusy(true);
    try {
      await act();
    } catch (error) {
      console.error("A promotion failed.", error);
      this.status = error instanceof StoreError ? wordForApp(error.message) : `Something went wrong. ${otherwise}`;
      await this.lookAgain(true);
    } finally {
      modal?.setBusy(false);
    }
  }

  private plan(folder: BacklogFolder): WishedPromotion {
    const { group, goal, archiveDone } = this;
    return planWishes(folder, { group, goal, archiveDone, today: today() }, this.parts.store.settings.rules);
  }

  private async look(): Promise<Sight> {
    const { moves, watch } = this.parts;
    // What the cards of the folder say, their badges do too.
    await watch.factsOf(this.folder);
    const seen: BacklogFolder[] = [];
    const { refusal } = await moves.preview(this.folder, (notes) => {
      seen.push(notes);
      return this.plan(notes).planned;
    });
    const folder = seen.at(-1) ?? null;
    return { folder, refusal: folder ? null : refusal };
  }

  private take(sight: Sight): void {
    this.sight = sight;
    this.planned = sight.folder && this.plan(sight.folder);
    this.refusal = sight.refusal ?? this.planned?.planned.refusal ?? null;
  }

  /** Follows the notes. @param said whether what happened to the last attempt is said already. */
  private async lookAgain(said = false): Promise<void> {
    const turn = ++this.turn;
    try {
      const before = this.planned ? digestPromotion(this.planned.planned) : "";
      const sight = await this.look();
      if (turn !== this.turn || !this.modal) return;
      this.take(sight);
      const now = this.planned ? digestPromotion(this.planned.planned) : "";
      if (!said && now !== before && now !== "") this.status = "The notes changed: this is what would move now.";
      else if (!said && now === "") this.status = "";
      this.modal.show(this.describe());
    } catch (error) {
      console.error("The notes of a promotion could not be read.", error);
      if (turn !== this.turn || !this.modal) return;
      this.status = error instanceof StoreError ? wordForApp(error.message) : "The notes could not be read.";
      this.modal.show(this.describe());
    }
  }

  /** Plans the same notes anew, for what the person asks. */
  private replan(): void {
    this.take(this.sight);
    this.modal?.show(this.describe());
  }

  private soon(act: () => void): void {
    if (this.timer !== null) window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.timer = null;
      act();
    }, DELAY);
  }

  private describe(): PromotionModel {
    const { folder } = this.sight;
    const { moves, store, watch } = this.parts;
    const { planned: wished, refusal } = this;
    const names = folder?.names ?? moves.namesOf(this.folder);
    const shared = { folder: watch.listFolders().length > 1 ? this.folder || "/" : "", status: this.status };
    const chosen = this.group !== null;
    const scene = { folder, names, settings: store.settings.rules, today: today(), chosen };
    const selection = wished?.planned.selection ?? null;
    const refused = refusal && describeRefusal(refusal, { ...scene, selection });
    if (!folder || !wished) return { ...EMPTY, ...shared, chosen, backlog: names.backlog, refusal: refused };
    const context = watch.contextOf(joinPath(this.folder, names.backlog));
    const { planned, rules, archiveDone } = wished;
    const described = describePlan({ folder, rules, context, planned, chosen: wished.chosen, archiveDone });
    const warnings = planned.plan?.warnings.map(wordForApp) ?? [];
    return { ...described, ...shared, chosen, warnings, refusal: refused };
  }
}

const EMPTY = {
  group: null,
  why: "",
  rules: [],
  batch: [],
  todo: null,
  passedOver: [],
  groupsPassedOver: [],
  notes: [],
  goal: "",
  archiveDone: null,
  warnings: [],
} as const;
