import type { BacklogFolder } from "../core/folder";
import type { MoveOutcome } from "../core/move";
import type { Refusal } from "../core/refusal";
import type { RuleSettings } from "../core/rules";
import { StoreError } from "../core/store";
import { SILENT, type PreviewStatus, type PromotionModel } from "../ui/promotion-model";
import { PromotionModal } from "../ui/promotion-modal";
import type { WayOut } from "../ui/promotion-ways";
import { today } from "./moves";
import type { Parts } from "./parts";
import { CHANGED, tryPromotion, type TriedPromotion } from "./promotion-attempt";
import { findDamaged, mendDamage } from "./promotion-damage";
import {
  digestPromotion,
  planWishes,
  type PromotionWishes,
  type WantedGroup,
  type WishedPromotion,
} from "./promotion-plan";
import { describeSight, lookAtFolder, type Sight } from "./promotion-sight";
import { sayFailure, sayRefusal, wordForApp } from "./refusals";

/** How long notes and goal have to be left alone before what is shown follows them, in milliseconds. */
const DELAY = 100;

/** What a session leaves to others. */
export interface SessionHands {
  /** Says what was moved. */
  announce(outcome: MoveOutcome, promotion: WishedPromotion): void;
  /** Leads out of the preview, which is closed by then. */
  leave(way: WayOut): void;
  /** Does what a way out says, after which the preview looks again. */
  mend(way: WayOut): Promise<void>;
}

/** What a person asks of the promotion that is shown. */
type Asked = Pick<PromotionWishes, "goal" | "archiveDone">;

/** Ways out that lead back to the preview. */
const INSIDE: ReadonlySet<WayOut["kind"]> = new Set<WayOut["kind"]>(["archive", "fix", "retry", "return"]);

/** Why what was shown is not moved, for a person who left the preview while it was under way. */
const UNSEEN: Refusal = { code: "stale-source", message: "The notes changed meanwhile, so nothing was moved." };

/** Why what was asked for did not happen, in a sentence of the core, a store, or one for people. */
function fail(sentence: string): PreviewStatus {
  return { words: wordForApp(sentence), tone: "failed" };
}

/** One promotion with its preview: what is shown is what moves, or nothing does. */
export class PromotionSession {
  private asked: Asked = { goal: "", archiveDone: null };
  private sight: Sight = { folder: null, refusal: null };
  /** The settings that what is shown was planned with. */
  private settings: RuleSettings = {};
  private planned: WishedPromotion | null = null;
  private refusal: Refusal | null = null;
  private status: PreviewStatus = SILENT;
  /** Who is moving tasks here, as the last attempt found it; null where nobody was. */
  private held: Refusal | null = null;
  private busy = false;
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
        this.asked = { ...this.asked, goal };
        this.soon(() => this.replan());
      },
      setArchiveDone: (archiveDone) => {
        this.asked = { ...this.asked, archiveDone };
        this.status = SILENT;
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
    this.asked = { ...this.asked, archiveDone: false };
    const { outcome, promotion } = await this.try(this.asked, null);
    if (outcome.refusal || !promotion) {
      this.asked = { ...this.asked, archiveDone: null };
      // The others the notes tell by themselves.
      const isPassing = ["move-in-progress", "stale-source"].includes(outcome.refusal?.code ?? "");
      if (isPassing) this.tell(outcome.refusal);
      return this.open();
    }
    this.hands.announce(outcome, promotion);
  }

  private async promote(): Promise<void> {
    const { modal } = this;
    if (!modal) return;
    // With the goal as it is now: it may have been typed a moment ago.
    if (this.sight.folder) this.planned = this.plan(this.sight.folder, this.asked, this.settings);
    const shown = this.planned ? digestPromotion(this.planned.planned) : "";
    // What is typed from here on is not part of it.
    const { asked } = this;
    await this.busily(async () => {
      const { outcome, promotion } = await this.try(asked, shown);
      if (!outcome.refusal && promotion) {
        modal.close();
        this.hands.announce(outcome, promotion);
        return;
      }
      const { refusal } = outcome;
      if (refusal && !this.modal) sayRefusal(refusal === CHANGED ? UNSEEN : refusal);
      this.tell(refusal);
      await this.lookAgain(true);
    }, "Nothing was moved.");
  }

  /** Keeps why an attempt was refused, as far as the notes do not tell it. */
  private tell(refusal: Refusal | null): void {
    this.held = refusal?.code === "move-in-progress" ? refusal : null;
    this.status = refusal && !this.held ? fail(refusal.message) : SILENT;
  }

  private try(asked: Asked, shown: string | null): Promise<TriedPromotion> {
    return tryPromotion(this.parts.moves, this.folder, (folder) => this.plan(folder, asked), shown);
  }

  private async follow(way: WayOut): Promise<void> {
    const { modal } = this;
    if (!INSIDE.has(way.kind)) {
      modal?.close();
      this.hands.leave(way);
      return;
    }
    if (way.kind === "archive") {
      this.asked = { ...this.asked, archiveDone: true };
      this.replan();
      return;
    }
    this.status = SILENT;
    this.held = null;
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
    const refused = await mendDamage(this.parts, this.folder, refusal, folder, CHANGED);
    const note = findDamaged(refusal, folder.names);
    this.status = refused ? fail(refused.message) : { words: `${note} is mended.`, tone: "told" };
  }

  /** Does something that takes a while; what goes wrong is said in the preview, or in a notice where that was left meanwhile. */
  private async busily(act: () => Promise<void>, otherwise: string): Promise<void> {
    const { modal } = this;
    this.busy = true;
    modal?.setBusy(true);
    try {
      await act();
    } catch (error) {
      if (!this.modal) {
        await sayFailure(this.parts, this.folder, error, otherwise);
        return;
      }
      console.error("A promotion failed.", error);
      this.status = fail(error instanceof StoreError ? error.message : `Something went wrong. ${otherwise}`);
      await this.lookAgain(true);
    } finally {
      this.busy = false;
      modal?.setBusy(false);
    }
  }

  private plan(folder: BacklogFolder, asked = this.asked, settings = this.parts.store.settings.rules): WishedPromotion {
    return planWishes(folder, { ...asked, group: this.group, today: today() }, settings);
  }

  private look(): Promise<Sight> {
    return lookAtFolder(this.parts, this.folder, (notes) => this.plan(notes).planned);
  }

  private take(sight: Sight): void {
    this.sight = sight;
    this.settings = this.parts.store.settings.rules;
    this.planned = sight.folder && this.plan(sight.folder);
    this.refusal = this.held ?? sight.refusal ?? this.planned?.planned.refusal ?? null;
  }

  /** Follows the notes. @param said whether what happened to the last attempt is said already. */
  private async lookAgain(said = false): Promise<void> {
    // What is written here is looked at when it is done.
    if (this.busy && !said) return;
    const turn = ++this.turn;
    if (!said) this.held = null;
    try {
      const before = this.planned ? digestPromotion(this.planned.planned) : "";
      const sight = await this.look();
      if (turn !== this.turn || !this.modal) return;
      this.take(sight);
      const now = this.planned ? digestPromotion(this.planned.planned) : "";
      const changed = "The notes changed: this is what would move now.";
      if (!said && now !== before && now !== "") this.status = { words: changed, tone: "told" };
      else if (!said && now === "") this.status = SILENT;
      this.modal.show(this.describe());
    } catch (error) {
      console.error("The notes of a promotion could not be read.", error);
      if (turn !== this.turn || !this.modal) return;
      this.status = fail(error instanceof StoreError ? error.message : "The notes could not be read.");
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
    const { group, planned, refusal, sight, status } = this;
    return describeSight(this.parts, this.folder, { sight, planned, refusal, status, chosen: group !== null });
  }
}
