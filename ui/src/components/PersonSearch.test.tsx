import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import type { PersonFind, PersonHit, Violation } from "../api/bindings";
import { PEOPLE } from "../testing/fake-data";
import { backendThat, renderScreen } from "../testing/render";
import { PersonSearch } from "./PersonSearch";

const [HOA, VAN_HOA] = PEOPLE as unknown as [PersonHit, PersonHit];
const box = () => screen.getByTestId<HTMLInputElement>("identify-box");
const found = (find: Partial<PersonFind>): { ok: PersonFind } => ({
  ok: { reading: "name", problems: [], scanned: null, matches: [], ...find },
});

function draw(backend = backendThat({})) {
  const calls = { onPick: vi.fn(), onUnknown: vi.fn(), onSearch: vi.fn() };
  const drawn = renderScreen(<PersonSearch label="Tìm" {...calls} />, backend);
  return { ...drawn, ...calls, backend };
}

describe("the identify box", () => {
  it("sends what was typed on Enter and lists who matches", async () => {
    const { user, backend, onPick } = draw();
    await user.type(box(), "nguyen{Enter}");
    expect(await screen.findByText("2 người khớp")).toBeVisible();
    expect(backend.sent).toEqual([{ command: "person_find", request: { text: "nguyen" } }]);
    expect(screen.getByTestId("match-0")).toHaveTextContent("Nguyễn Thị Hòa");
    expect(screen.getByTestId("match-0")).toHaveTextContent("Còn lại 1.350.000 ₫");
    expect(onPick).not.toHaveBeenCalled();
  });

  it("sends nothing before Enter", async () => {
    const { user, backend } = draw();
    await user.type(box(), "nguyen");
    expect(backend.sent).toEqual([]);
  });

  it("picks the marked match with arrows and Enter, and empties itself", async () => {
    const { user, onPick } = draw();
    await user.type(box(), "nguyen{Enter}");
    await screen.findByTestId("match-1");
    await user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    expect(onPick).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ id: VAN_HOA.id }));
    expect(box()).toHaveValue("");
  });

  it("searches again when the text has changed since the list was made", async () => {
    const { user, backend, onPick } = draw();
    await user.type(box(), "nguyen{Enter}");
    await screen.findByTestId("match-0");
    await user.type(box(), " van{Enter}");
    await waitFor(() => expect(backend.sent).toHaveLength(2));
    expect(onPick).not.toHaveBeenCalled();
  });

  it("takes the only match of a scanned card at once", async () => {
    const backend = backendThat({ person_find: found({ reading: "qr", matches: [HOA] }) });
    const { user, onPick } = draw(backend);
    await user.type(box(), "001180000012|||{Enter}");
    await waitFor(() => expect(onPick).toHaveBeenCalledExactlyOnceWith(HOA));
  });

  it("does not take a match by name for the officer, even the only one", async () => {
    const { user, onPick } = draw(backendThat({ person_find: found({ matches: [HOA] }) }));
    await user.type(box(), "hoa{Enter}");
    expect(await screen.findByTestId("match-0")).toBeVisible();
    expect(onPick).not.toHaveBeenCalled();
  });

  it("does not take a card whose check digits are wrong, and says why", async () => {
    const problem = {
      code: "mrz_check_digit",
      severity: "warn" as const,
      field: "resident.number",
      basis: "ICAO 9303",
      message: "Số kiểm tra không khớp.",
    };
    const find = found({ reading: "mrz", problems: [problem], matches: [HOA] });
    const { user, onPick } = draw(backendThat({ person_find: find }));
    await user.type(box(), "IDVNM{Enter}");
    expect(await screen.findByText(/Số kiểm tra không khớp/)).toBeVisible();
    expect(onPick).not.toHaveBeenCalled();
  });

  it("hands on a person nobody knows, with the text for the form", async () => {
    const { user, onUnknown } = draw();
    await user.type(box(), "Hoàng Văn Thụ{Enter}");
    await waitFor(() => expect(onUnknown).toHaveBeenCalledOnce());
    expect(onUnknown).toHaveBeenCalledWith(expect.anything(), "Hoàng Văn Thụ");
    expect(box()).toHaveValue("Hoàng Văn Thụ");
  });

  it.each(["unreadable", "empty"] as const)("opens no form for a text %s", async (reading) => {
    const { user, onUnknown } = draw(backendThat({ person_find: found({ reading }) }));
    await user.type(box(), "?{Enter}");
    expect(await screen.findByTestId("identify-reading")).not.toBeEmptyDOMElement();
    expect(onUnknown).not.toHaveBeenCalled();
    expect(box()).toHaveValue("?");
  });

  it("keeps the text on a refusal, shows why, and sends it again on Enter", async () => {
    const message = "Máy đang bận.";
    const backend = backendThat({
      person_find: { error: { code: "busy", message, violations: [] } },
    });
    const { user } = draw(backend);
    await user.type(box(), "nguyen{Enter}");
    expect(await screen.findByTestId("identify-problem")).toHaveTextContent(message);
    expect(box()).toHaveValue("nguyen");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(backend.sent).toHaveLength(2));
  });

  it("leaves Enter to an input method in the middle of a word", async () => {
    const { user, onSearch } = draw();
    await user.type(box(), "hoa");
    fireEvent.keyDown(box(), { key: "Enter", isComposing: true });
    fireEvent.keyDown(box(), { key: "Enter", keyCode: 229 });
    expect(onSearch).not.toHaveBeenCalled();
  });

  it("empties itself and the list on Escape", async () => {
    const { user } = draw();
    await user.type(box(), "nguyen{Enter}");
    await screen.findByTestId("match-0");
    await user.keyboard("{Escape}");
    expect(box()).toHaveValue("");
    expect(screen.queryByTestId("match-0")).toBeNull();
  });

  it("opens the form whose printed code is scanned, or says what is wrong with the sheet", async () => {
    const onForm = vi.fn();
    const found = {
      number: "MC26-000001",
      gate: "MONGCAI",
      gate_name: "Móng Cái",
      id: "form",
      problems: [] as Violation[],
    };
    const differs: Violation = {
      code: "paper_differs",
      severity: "refuse",
      field: "text",
      basis: "",
      message: "Tờ giấy không khớp.",
    };
    let problems: Violation[] = [];
    const backend = backendThat({ form_find: () => ({ ok: { ...found, problems } }) });
    const { user } = renderScreen(
      <PersonSearch label="x" onPick={() => {}} onForm={onForm} />,
      backend,
    );
    const box = screen.getByTestId("identify-box");
    await user.type(box, "BM1:MC26-000001:1{Enter}");
    await waitFor(() => expect(onForm).toHaveBeenCalledWith("form"));
    expect(box).toHaveValue("");
    expect(backend.sent.map(({ command }) => command)).toEqual(["form_find"]);
    problems = [differs];
    await user.type(box, "BM1:MC26-000001:2{Enter}");
    expect(await screen.findByText(/Tờ giấy không khớp/)).toBeVisible();
    expect(onForm).toHaveBeenCalledTimes(1);
    await user.click(screen.getByTestId("found-open"));
    expect(onForm).toHaveBeenCalledTimes(2);
  });
});
