import { describe, expect, it } from "vitest";
import type { ProgressView, Violation } from "../api/bindings";
import { NO_PROGRESS } from "../testing/fake-data";
import {
  EMPTY_STEP,
  nextStep,
  openLine,
  otherSteps,
  partRefusals,
  takesSteps,
  timeLeft,
  toStep,
} from "./steps";

const MARK = { at: "2026-11-24T02:00:00Z", by: "lan", name: "Trần Thị Lan" };
const progress = (change: Partial<ProgressView>): ProgressView => ({ ...NO_PROGRESS, ...change });
const UNCERTIFIED = [
  { line: 0, text: "KD-1" },
  { line: 2, text: null },
];

describe("the step a form waits for", () => {
  it.each([
    [progress({ stage: "inspection" }), "present"],
    [progress({ stage: "inspection", presented: MARK }), "inspect"],
    [progress({ stage: "certificates" }), "certify"],
    [progress({ stage: "tax" }), "confirm_tax"],
    [progress({ stage: "payment" }), "pay"],
    [progress({ stage: "release" }), "release"],
    [progress({ stage: "released" }), null],
    [progress({ stage: null }), null],
  ])("follows from its stage: %o", (given, step) => {
    expect(nextStep(given)).toBe(step);
  });

  it("for a certificate names the first line without one", () => {
    expect(openLine(progress({ certificates: UNCERTIFIED }))).toBe(2);
    expect(openLine(progress({}))).toBeNull();
  });
});

describe("the other steps", () => {
  const free = progress({ stage: "release" });

  it("let a supervisor, and nobody else, order an inspection", () => {
    expect(otherSteps(free, "supervisor")).toEqual(["order_inspection"]);
    expect(otherSteps(free, "officer")).toEqual([]);
    expect(otherSteps({ ...free, needs_inspection: true }, "supervisor")).toEqual([]);
  });

  it("let a supervisor extend an inspection once, while its time runs", () => {
    const asked = progress({ stage: "inspection", needs_inspection: true });
    expect(otherSteps(asked, "supervisor")).toEqual([]);
    const runs = { ...asked, presented: MARK };
    expect(otherSteps(runs, "supervisor")).toEqual(["extend_inspection"]);
    expect(otherSteps(runs, "officer")).toEqual([]);
    const extended = { ...runs, extended: { mark: MARK, reason: "ba xe" } };
    expect(otherSteps(extended, "supervisor")).toEqual([]);
  });

  it("take a certificate that comes before the inspection", () => {
    const waiting = progress({
      stage: "inspection",
      needs_inspection: true,
      certificates: UNCERTIFIED,
    });
    expect(otherSteps(waiting, "officer")).toEqual(["certify"]);
    expect(otherSteps({ ...waiting, stage: "certificates" }, "officer")).toEqual([]);
  });

  it("end with the release", () => {
    expect(otherSteps(progress({ stage: "released" }), "supervisor")).toEqual([]);
  });

  it("are nothing for those who only look on", () => {
    expect(takesSteps("branch")).toBe(false);
    expect(takesSteps("officer")).toBe(true);
  });
});

describe("a step as it is sent", () => {
  const typed = { ...EMPTY_STEP, text: " KD-77 " };

  it("leaves the blanks around a text behind", () => {
    expect(toStep("certify", typed, 2, NO_PROGRESS)).toEqual({
      step: "certify",
      line: 2,
      certificate: "KD-77",
    });
    expect(toStep("pay", typed, null, NO_PROGRESS)).toEqual({
      step: "pay",
      method: "cash",
      document: "KD-77",
    });
  });

  it("waives where a reason was given in place of a number", () => {
    expect(toStep("certify", { ...typed, waived: true }, 0, NO_PROGRESS)).toEqual({
      step: "waive",
      line: 0,
      reason: "KD-77",
    });
  });

  it("has no remark when none was typed", () => {
    expect(toStep("inspect", EMPTY_STEP, null, NO_PROGRESS)).toEqual({
      step: "inspect",
      finding: "conforms",
    });
  });
});

describe("a difference that a correction left", () => {
  const released = { ...NO_PROGRESS, stage: "released" as const };
  const mark = { at: "2026-11-24T02:00:00Z", by: "lan", name: "Trần Thị Lan" };

  it("is given back, whether the form still stands or not", () => {
    const back = { ...released, balance_vnd: "-40000" };
    expect(nextStep(back)).toBe("refund");
    expect(nextStep({ ...back, stage: null })).toBe("refund");
    expect(otherSteps({ ...back, stage: "release" }, "officer")).toEqual(["refund"]);
    expect(toStep("refund", { ...EMPTY_STEP, text: "QD-1" }, null, back)).toEqual({
      step: "refund",
      amount: "40000",
      method: "cash",
      document: "QD-1",
    });
  });

  it("is confirmed and paid though the goods have gone", () => {
    const owed = { ...released, balance_vnd: "40000" };
    expect(nextStep(owed)).toBe("confirm_tax");
    expect(nextStep({ ...owed, taxed: mark })).toBe("pay");
    expect(nextStep({ ...owed, stage: null })).toBeNull();
  });
});

it("a refusal is shown beside the field it names", () => {
  const about = (field: string) => ({ field }) as Violation;
  const { beside, whole } = partRefusals([about("remark"), about("step"), about("document")]);
  expect(beside.map(({ field }) => field)).toEqual(["remark", "document"]);
  expect(whole.map(({ field }) => field)).toEqual(["step"]);
});

describe("the time left", () => {
  const now = Date.parse("2026-11-24T02:00:00Z");
  it.each([
    ["2026-11-24T04:00:00Z", { over: false, hours: 2, minutes: 0 }],
    ["2026-11-24T02:00:01Z", { over: false, hours: 0, minutes: 1 }],
    ["2026-11-24T02:00:00Z", { over: false, hours: 0, minutes: 0 }],
    ["2026-11-24T01:59:01Z", { over: true, hours: 0, minutes: 0 }],
    ["2026-11-24T00:29:00Z", { over: true, hours: 1, minutes: 31 }],
  ])("until %s", (deadline, left) => {
    expect(timeLeft(deadline, now)).toEqual(left);
  });
});
