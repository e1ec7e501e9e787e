// The officers' steps after registration, as the screens offer them. Whether one may be taken is
// decided by the server alone; what stands here only saves an officer a refusal.
import type {
  Finding,
  PaymentMethod,
  ProgressView,
  Role,
  Stage,
  Step,
  Violation,
} from "../api/bindings";
import { isNegative, isPositive, withoutSign } from "./decimal";

export type StepKind = Step["step"];

/** What is typed in a step's dialog. */
export interface StepDraft {
  finding: Finding;
  method: PaymentMethod;
  /** A supervisor may give a reason why no certificate is needed. */
  waived: boolean;
  text: string;
}

export const EMPTY_STEP: StepDraft = {
  finding: "conforms",
  method: "cash",
  waived: false,
  text: "",
};

/** Stages in which a form waits, in the order of the process. */
export const WAITING_STAGES = [
  "inspection",
  "certificates",
  "tax",
  "payment",
  "release",
] as const satisfies readonly Stage[];
export type WaitingStage = (typeof WAITING_STAGES)[number];

/** Whether the account takes steps at all. */
export function takesSteps(role: Role): boolean {
  return role === "officer" || role === "supervisor" || role === "operator";
}

/** Whether the account may decide for the head of the office. */
export function decides(role: Role): boolean {
  return role === "supervisor" || role === "operator";
}

/** The step a form waits for; null when it waits for none. */
export function nextStep(progress: ProgressView): StepKind | null {
  const { stage, balance_vnd } = progress;
  // What a correction left to be settled: the goods have gone one way or the other.
  if (stage === null || stage === "released") {
    if (isNegative(balance_vnd)) {
      return "refund";
    }
    const owes = stage !== null && isPositive(balance_vnd);
    return owes ? (progress.taxed ? "pay" : "confirm_tax") : null;
  }
  switch (progress.stage) {
    case "inspection":
      return progress.presented === null ? "present" : "inspect";
    case "certificates":
      return "certify";
    case "tax":
      return "confirm_tax";
    case "payment":
      return "pay";
    case "release":
      return "release";
    default:
      return null;
  }
}

/** The first line whose certificate is missing. */
export function openLine(progress: ProgressView): number | null {
  return progress.certificates.find(({ text }) => text === null)?.line ?? null;
}

/** Steps beside the next one that this account may take now. */
export function otherSteps(progress: ProgressView, role: Role): StepKind[] {
  if (progress.stage === null || progress.stage === "released") {
    return [];
  }
  const refund = isNegative(progress.balance_vnd);
  const certify = openLine(progress) !== null && nextStep(progress) !== "certify";
  const runs = progress.stage === "inspection" && progress.presented !== null;
  const extend = runs && progress.inspected === null && !progress.extended && decides(role);
  const order = !progress.needs_inspection && decides(role);
  return [
    ...(certify ? ["certify" as const] : []),
    ...(order ? ["order_inspection" as const] : []),
    ...(extend ? ["extend_inspection" as const] : []),
    ...(refund ? ["refund" as const] : []),
  ];
}

/** The step as the server takes it; blanks around a text are not part of it. */
export function toStep(
  kind: StepKind,
  draft: StepDraft,
  line: number | null,
  progress: ProgressView,
): Step {
  const text = draft.text.trim();
  switch (kind) {
    case "inspect":
      return { step: "inspect", finding: draft.finding, ...(text && { remark: text }) };
    case "certify":
    case "waive":
      return draft.waived
        ? { step: "waive", line: line ?? 0, reason: text }
        : { step: "certify", line: line ?? 0, certificate: text };
    case "extend_inspection":
      return { step: kind, reason: text };
    case "pay":
      return { step: "pay", method: draft.method, ...(text && { document: text }) };
    case "refund":
      return {
        step: "refund",
        amount: withoutSign(progress.balance_vnd),
        method: draft.method,
        document: text,
      };
    default:
      return { step: kind };
  }
}

const TEXT_FIELDS = ["remark", "certificate", "reason", "document"];

/** Refusals that belong beside the dialog's text, and those that belong to the step as a whole. */
export function partRefusals(all: Violation[]): { beside: Violation[]; whole: Violation[] } {
  const isBeside = ({ field }: Violation) => TEXT_FIELDS.includes(field);
  return { beside: all.filter(isBeside), whole: all.filter((one) => !isBeside(one)) };
}

export interface TimeLeft {
  over: boolean;
  hours: number;
  minutes: number;
}

/** How long until the deadline, or since it, in whole minutes; a minute begun counts as left. */
export function timeLeft(deadline: string, now: number): TimeLeft {
  const away = Date.parse(deadline) - now;
  const total = away >= 0 ? Math.ceil(away / 60_000) : Math.floor(-away / 60_000);
  return { over: away < 0, hours: Math.floor(total / 60), minutes: total % 60 };
}
