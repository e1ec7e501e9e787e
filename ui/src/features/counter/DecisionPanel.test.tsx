import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { Answer, DecisionView, Violation } from "../../api/bindings";
import { emptyDraft } from "../../lib/draft";
import { renderScreen } from "../../testing/render";
import { DecisionPanel } from "./DecisionPanel";
import type { LiveDecision } from "./use-decision";

const ANSWER: Answer = {
  id: "form",
  number: null,
  status: "registered",
  value_vnd: "3000000",
  exempt_vnd: "2000000",
  excess_vnd: "1000000",
  duty_vnd: "200000",
  excise_vnd: "0",
  environment_vnd: "0",
  vat_vnd: "96000",
  fee_vnd: "0",
  total_due_vnd: "296000",
  inspection_required: false,
  trips_used: 3,
  provisional: false,
  lines: [],
  violations: [],
};

const RULE: Violation = {
  code: "gate_unknown",
  severity: "refuse",
  field: "gate",
  basis: "Nghị định 14/2018/NĐ-CP, Điều 3",
  message: "Cửa khẩu này không nhận hàng của cư dân.",
};

function decided(change: Partial<Answer> = {}, view: Partial<DecisionView> = {}): LiveDecision {
  const decision = { ...ANSWER, ...change };
  const due = decision.total_due_vnd;
  return {
    view: { decision, entered_due_vnd: due, least_tax_due_vnd: due, breaches: [], ...view },
    violations: [],
    byLine: new Map(),
    stale: false,
    problem: null,
  };
}

const NOTHING: LiveDecision = {
  view: null,
  violations: [],
  byLine: new Map(),
  stale: false,
  problem: null,
};

function draw(decision: LiveDecision, rest: Partial<Parameters<typeof DecisionPanel>[0]> = {}) {
  const calm = { draft: emptyDraft(), refusal: null, hold: null, busy: false };
  return renderScreen(<DecisionPanel {...calm} decision={decision} {...rest} />);
}

const amount = (name: string) => screen.queryByTestId(`decision-${name}`)?.dataset.amount;

describe("the amounts", () => {
  it("are those of the server, with the taxes there are and no other", () => {
    draw(decided());
    const names = ["value", "exempt", "excess", "duty", "excise", "environment", "vat", "fee"];
    expect([...names, "total"].map(amount)).toEqual([
      "3000000",
      "2000000",
      "1000000",
      "200000",
      undefined,
      undefined,
      "96000",
      undefined,
      "296000",
    ]);
    expect(screen.getByTestId("decision-total")).toHaveTextContent("296.000");
  });

  it("name the duty of the direction", () => {
    draw(decided(), { draft: emptyDraft("export") });
    expect(screen.getByText("Thuế xuất khẩu")).toBeVisible();
    expect(screen.queryByText("Thuế nhập khẩu")).toBeNull();
  });

  it("are marked while they answer what was typed before", () => {
    draw({ ...decided(), stale: true });
    expect(screen.getByTestId("decision")).toHaveAttribute("data-stale", "true");
  });

  it("are absent, not zero, before there is an answer", () => {
    draw(NOTHING);
    expect(screen.getByText("Nhập hàng hóa để tính")).toBeVisible();
    expect(amount("total")).toBeUndefined();
  });
});

describe("the verdict", () => {
  it.each([
    ["registered", "Đủ điều kiện đăng ký", "good"],
    ["refused", "Chưa đăng ký được", "refuse"],
  ] as const)("of %s reads %s", (status, words, tone) => {
    draw(decided({ status }));
    expect(screen.getByTestId("decision-status")).toHaveTextContent(words);
    expect(screen.getByTestId("decision-status")).toHaveAttribute("data-tone", tone);
  });

  it.each([
    [true, "Phải kiểm tra thực tế"],
    [false, "Không phải kiểm tra thực tế"],
  ])("with inspection %s says %s", (inspection_required, words) => {
    draw(decided({ inspection_required }));
    expect(screen.getByText(words)).toBeVisible();
  });

  it("shows the rules on the whole form", () => {
    draw({ ...decided({ status: "refused" }), violations: [RULE] });
    expect(screen.getByTestId("decision")).toHaveTextContent(`Không cho phép: ${RULE.message}`);
  });

  it("tells when it could not be reached", () => {
    draw({ ...NOTHING, problem: "HTTP 502" });
    expect(screen.getByRole("alert")).toHaveTextContent("Không tính được: HTTP 502");
  });
});

describe("both orders of exemption", () => {
  it("stand side by side when they differ, with the way to the cheaper one", () => {
    draw(decided({}, { least_tax_due_vnd: "180000" }));
    expect(screen.getByTestId("savings")).toHaveTextContent("Theo thứ tự khai: 296.000 ₫");
    expect(screen.getByTestId("savings")).toHaveTextContent("Ít thuế nhất: 180.000 ₫");
    expect(screen.getByTestId("savings")).toHaveTextContent("F6");
  });

  it("are left out when they come to the same", () => {
    draw(decided());
    expect(screen.queryByTestId("savings")).toBeNull();
  });
});

describe("the register button", () => {
  it("registers on a press", async () => {
    const onRegister = vi.fn();
    const { user } = draw(decided(), { onRegister });
    await user.click(screen.getByTestId("register"));
    expect(onRegister).toHaveBeenCalledOnce();
  });

  it("is off while something holds the form up, which it names", () => {
    draw(decided(), { hold: "Dòng 2 còn thiếu: Đơn giá." });
    expect(screen.getByTestId("register")).toBeDisabled();
    expect(screen.getByText("Dòng 2 còn thiếu: Đơn giá.")).toBeVisible();
  });

  it("is off while a form is on its way", () => {
    draw(decided(), { busy: true, onRegister: () => {} });
    expect(screen.getByTestId("register")).toBeDisabled();
  });

  it("leaves the answer standing beside the reason of a refusal", () => {
    draw(decided(), { refusal: { message: "Không đăng ký được.", violations: [RULE] } });
    expect(screen.getByTestId("register-problem")).toHaveTextContent("Không đăng ký được.");
    expect(screen.getByTestId("register-problem")).toHaveTextContent(RULE.message);
    expect(amount("total")).toBe("296000");
  });
});
