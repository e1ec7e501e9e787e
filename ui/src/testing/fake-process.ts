// The officers' steps as the fake server takes them: what stands in the way of each, what follows.
import type { Answer, ProgressView, Stage, Step, Violation } from "../api/bindings";
import { NO_PROGRESS } from "./fake-data";

const BASIS = "Thông tư 80/2019/TT-BTC, Điều 7";
const no = (code: string, message: string, field = "step"): Violation => ({
  code,
  severity: "refuse",
  field,
  basis: BASIS,
  message,
});
const TAKEN = no("step_taken", "Bước này đã được thực hiện.");
const isDue = (answer: Answer) => answer.total_due_vnd !== "0";

function stageOf(progress: ProgressView, answer: Answer): Stage {
  const { inspected, taxed, paid, released, certificates, needs_inspection } = progress;
  if (released) return "released";
  if (needs_inspection && inspected?.finding !== "conforms") return "inspection";
  if (certificates.some(({ text }) => text === null)) return "certificates";
  if (isDue(answer) && !taxed) return "tax";
  return isDue(answer) && !paid ? "payment" : "release";
}

/** How far a form has come when it is registered. */
export function startOf(answer: Answer): ProgressView {
  const progress: ProgressView = {
    ...NO_PROGRESS,
    needs_inspection: answer.inspection_required,
    certificates: answer.violations
      .filter(({ field }) => field.endsWith(".certificate"))
      .map(({ field }) => ({ line: Number(/\d+/.exec(field)?.[0]), text: null })),
  };
  return { ...progress, stage: stageOf(progress, answer), balance_vnd: answer.total_due_vnd };
}

function required(text: string | undefined, field: string): Violation[] {
  return text?.trim() ? [] : [no("field_required", "Ô này còn trống.", field)];
}

/** Why the step may not be taken; empty when it may. */
export function refusalsOf(progress: ProgressView, answer: Answer, step: Step): Violation[] {
  if (step.step === "refund") return required(step.document, "document");
  if (progress.released) return [no("already_released", "Hàng đã qua khu vực giám sát.")];
  const uninspected =
    progress.needs_inspection && progress.inspected?.finding !== "conforms"
      ? [no("inspection_outstanding", "Chưa có kết quả kiểm tra thực tế.")]
      : [];
  switch (step.step) {
    case "order_inspection":
      return progress.needs_inspection ? [TAKEN] : [];
    case "extend_inspection":
      return progress.extended ? [TAKEN] : required(step.reason, "reason");
    case "present":
      return progress.presented ? [TAKEN] : [];
    case "inspect":
      return step.finding === "differs" ? required(step.remark, "remark") : [];
    case "certify":
      return required(step.certificate, "certificate");
    case "waive":
      return required(step.reason, "reason");
    case "confirm_tax":
      return progress.taxed ? [TAKEN] : uninspected;
    case "pay":
      return progress.taxed
        ? step.method === "bank"
          ? required(step.document, "document")
          : []
        : [no("tax_outstanding", "Chưa xác nhận số thuế.")];
    case "release":
      return [
        ...uninspected,
        ...(progress.certificates.some(({ text }) => text === null)
          ? [no("certificate_outstanding", "Chưa có giấy kiểm dịch.", "lines[0].certificate")]
          : []),
        ...(isDue(answer) && !progress.taxed
          ? [no("tax_outstanding", "Chưa xác nhận số thuế.")]
          : isDue(answer) && !progress.paid
            ? [no("payment_outstanding", "Chưa nộp tiền.")]
            : []),
      ];
  }
}

/** The progress after a step that was taken. */
export function afterStep(progress: ProgressView, answer: Answer, step: Step): ProgressView {
  const mark = { at: "2026-11-24T02:45:00Z", by: "lan", name: "Trần Thị Lan" };
  const next = { ...progress };
  switch (step.step) {
    case "order_inspection":
      Object.assign(next, { ordered: mark, needs_inspection: true });
      break;
    case "extend_inspection":
      next.extended = { mark, reason: step.reason };
      break;
    case "present":
      next.presented = mark;
      break;
    case "inspect":
      next.inspected = { mark, finding: step.finding, remark: step.remark ?? "" };
      break;
    case "certify":
    case "waive":
      next.certificates = next.certificates.map((one) =>
        one.line === step.line
          ? { ...one, text: step.step === "certify" ? step.certificate : step.reason }
          : one,
      );
      break;
    case "confirm_tax":
      next.taxed = mark;
      break;
    case "refund":
      next.balance_vnd = "0";
      break;
    case "pay":
      next.balance_vnd = "0";
      next.paid = { mark, method: step.method, document: step.document ?? "" };
      break;
    case "release":
      next.released = mark;
  }
  return { ...next, stage: stageOf(next, answer) };
}
