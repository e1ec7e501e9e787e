// A refused or failed command, as the screens see it.
import type { ApiError, Violation } from "./bindings";

/** The error branch of an answer; `message` is already in the user's language. */
export class ApiFailure extends Error {
  readonly code: ApiError["code"];
  readonly violations: Violation[];

  constructor(error: ApiError) {
    super(error.message);
    this.name = "ApiFailure";
    this.code = error.code;
    this.violations = error.violations;
  }
}

/** What to show for anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The rules a failure names; empty when it was not a refusal. */
export function violationsOf(error: unknown): Violation[] {
  return error instanceof ApiFailure ? error.violations : [];
}
