/** Why a call could not be carried out at all. */
export type FailureCode = "usage" | "not-found" | "io";

/** The call can't be carried out as asked, or the medium refuses. The message is one sentence for the person. */
export class CallFailure extends Error {
  override readonly name = "CallFailure";
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.code = code;
  }
}
