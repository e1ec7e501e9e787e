import { screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { PersonSave, Violation } from "../api/bindings";
import { renderScreen } from "../testing/render";
import { EMPTY_PAPER, PersonForm } from "./PersonForm";

const NOBODY: PersonSave = {
  id: null,
  name: "",
  born: "",
  sex: null,
  address: "",
  commune: "",
  basis: "permanent_residence",
  phone: null,
  papers: [{ ...EMPTY_PAPER, number: "001180000012" }, EMPTY_PAPER],
  reason: "Đến khai lần đầu",
};

const about = (field: string, message: string): Violation => ({
  code: "field_required",
  severity: "refuse",
  field,
  basis: "",
  message,
});

function form(violations: Violation[], onSave = vi.fn(), initial = NOBODY) {
  return (
    <PersonForm
      title="Cư dân mới"
      initial={initial}
      communes={[{ code: "06724", name: "Xã Hải Sơn" }]}
      violations={violations}
      problem={null}
      busy={false}
      onSave={onSave}
      onClose={() => {}}
    />
  );
}

describe("a violation of the person", () => {
  it.each([
    ["resident.name", "person-name"],
    ["resident.born", "person-born"],
    ["resident.commune", "commune-select"],
    ["resident.address", "person-address"],
    ["resident.basis", "person-basis"],
    ["resident.kind", "paper-kind-0"],
    ["resident.number", "paper-number-0"],
    ["reason", "person-reason"],
  ])("about %s stands beside its field", (field, testId) => {
    renderScreen(form([about(field, "Chưa đúng.")]));
    expect(screen.getByTestId(testId)).toHaveAccessibleDescription("Chưa đúng.");
    expect(screen.getAllByText(/Chưa đúng/)).toHaveLength(1);
  });

  it("about another paper stands beside that paper", () => {
    const papers = [EMPTY_PAPER, { ...EMPTY_PAPER, number: "12AB" }];
    const wrong = about("resident.number", "Số 12AB không đúng.");
    renderScreen(form([wrong], vi.fn(), { ...NOBODY, papers }));
    expect(screen.getByTestId("paper-number-1")).toHaveAccessibleDescription(wrong.message);
  });

  it("about no field of the form is shown below it", () => {
    renderScreen(form([about("gate", "Cửa khẩu lạ.")]));
    expect(screen.getByText(/Cửa khẩu lạ/)).toBeVisible();
  });
});

describe("a namesake", () => {
  it("is saved as another person only when the officer says so", async () => {
    const onSave = vi.fn();
    const same = { ...about("resident.name", "Đã có người cùng tên."), code: "namesake" };
    const { user } = renderScreen(form([same], onSave));
    await user.click(screen.getByTestId("person-is-another"));
    expect(onSave).toHaveBeenCalledExactlyOnceWith({ ...NOBODY, is_another: true });
  });

  it("is not asked about otherwise", () => {
    renderScreen(form([about("resident.name", "Chưa đúng.")]));
    expect(screen.queryByTestId("person-is-another")).toBeNull();
  });
});

describe("the person form", () => {
  it("starts at the first field the scan left empty", () => {
    renderScreen(form([], vi.fn(), { ...NOBODY, name: "Đỗ Thị Hoa" }));
    expect(screen.getByTestId("person-born")).toHaveFocus();
  });

  it("saves what was typed on Enter, the day as the server reads it", async () => {
    const onSave = vi.fn();
    const { user } = renderScreen(form([], onSave));
    await user.type(screen.getByTestId("person-name"), "Đỗ Thị Hoa");
    await user.type(screen.getByTestId("person-born"), "5/2/1990");
    await user.selectOptions(screen.getByTestId("commune-select"), "06724");
    await user.type(screen.getByTestId("person-address"), "Thôn 3{Enter}");
    const typed = { name: "Đỗ Thị Hoa", born: "1990-02-05", commune: "06724", address: "Thôn 3" };
    expect(onSave).toHaveBeenCalledExactlyOnceWith({ ...NOBODY, ...typed });
  });
});
