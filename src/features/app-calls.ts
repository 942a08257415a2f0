import { describeFailure, renderFailure, renderJson, renderNotice } from "../calls/answer";
import { FLAG_CALLS, type FlagCall, type FlagHost } from "../calls/flag-calls";
import { readCall, readFlags, wantsJson, type GivenFlags } from "../calls/flags";
import { createPaint } from "../calls/paint";
import { today } from "./moves";
import type { Parts } from "./parts";
import { createVaultHost } from "./vault-host";

/**
 * The calls of the app's command line (`obsidian backlog-cards:check`): the text and the JSON of the `backlog-cards` command.
 * None where the app has no command line. No call opens a modal or a notice.
 */
export function registerAppCalls(parts: Parts): void {
  const { app, moves, plugin } = parts;
  if (!("registerCliHandler" in plugin)) return;
  const host = createVaultHost(parts);
  const ready = new Promise<void>((resolve) => app.workspace.onLayoutReady(resolve));
  for (const call of FLAG_CALLS) {
    plugin.registerCliHandler(`backlog-cards:${call.name}`, call.description, { ...call.flags }, async (given) => {
      await ready;
      // In turn also where it only reads: it would else see half of a move.
      return moves.inTurn(() => answerCall(host, call, given));
    });
  }
}

/** What a call prints: the answer, and behind a blank line what there is to say besides; as JSON the answer alone. */
async function answerCall(host: FlagHost, flagCall: FlagCall, given: GivenFlags): Promise<string> {
  const json = wantsJson(given);
  try {
    const flags = readFlags(flagCall.flags, given);
    const result = await flagCall.run(host, readCall(flags, today()), flags);
    if (json) return trimEnd(renderJson(result.renderJson()));
    const parts = [trimEnd(result.renderText(createPaint(false))), result.notices.map(renderNotice).join("\n")];
    return parts.filter((part) => part !== "").join("\n\n");
  } catch (error) {
    const failure = describeFailure(error);
    if (failure.code === "bug") console.error(`backlog-cards:${flagCall.name} failed.`, given, error);
    return json ? trimEnd(renderFailure(failure)) : renderNotice(failure.message);
  }
}

/** Without the last line break, which whoever prints it adds. */
function trimEnd(text: string): string {
  return text.replace(/\n$/, "");
}
