import { describe, expect, it } from "vitest";
import type { GoodsHit } from "../../api/bindings";
import { emptyDraft } from "../../lib/draft";
import { GOODS } from "../../testing/fake-data";
import { type DraftAction, type DraftState, reduceDraft, startDraft } from "./use-draft";

const [GARLIC] = GOODS as [GoodsHit];

/** A state of `goods.length` lines with those names. */
function withLines(...goods: string[]): DraftState {
  let state = startDraft();
  for (const [row, text] of goods.entries()) {
    state = row === 0 ? state : reduceDraft(state, { type: "add" });
    state = reduceDraft(state, { type: "patch", key: keyAt(state, row), patch: { goods: text } });
  }
  return state;
}

function keyAt(state: DraftState, row: number): string {
  const line = state.draft.lines[row];
  if (line === undefined) {
    throw new Error(`no line ${row}`);
  }
  return line.key;
}

const goodsOf = ({ draft }: DraftState) => draft.lines.map(({ goods }) => goods);

describe("reduceDraft", () => {
  it("adds a blank line at the end with the origin of the direction", () => {
    const state = reduceDraft(withLines("tỏi"), { type: "add" });
    expect(goodsOf(state)).toEqual(["tỏi", ""]);
    expect(state.draft.lines[1]?.origin).toBe("CN");
  });

  it("repeats a line right below it, as another line", () => {
    const before = withLines("tỏi", "áo");
    const state = reduceDraft(before, { type: "repeat", key: keyAt(before, 0) });
    expect(goodsOf(state)).toEqual(["tỏi", "tỏi", "áo"]);
    expect([keyAt(state, 0), keyAt(state, 2)]).toEqual([keyAt(before, 0), keyAt(before, 1)]);
    expect([keyAt(before, 0), keyAt(before, 1)]).not.toContain(keyAt(state, 1));
  });

  it("removes a line and brings it back where it was, as it was", () => {
    const before = withLines("tỏi", "áo", "quạt");
    const removed = reduceDraft(before, { type: "remove", key: keyAt(before, 1) });
    expect(goodsOf(removed)).toEqual(["tỏi", "quạt"]);
    const undone = reduceDraft(removed, { type: "undo" });
    expect(undone.draft).toEqual(before.draft);
    expect(reduceDraft(undone, { type: "undo" })).toBe(undone);
  });

  it("leaves a line to type into when the last one is removed", () => {
    const before = withLines("tỏi");
    const state = reduceDraft(before, { type: "remove", key: keyAt(before, 0) });
    expect(goodsOf(state)).toEqual([""]);
    expect(state.removed?.line.goods).toBe("tỏi");
  });

  it("changes one line and no other", () => {
    const before = withLines("tỏi", "áo");
    const patch = { quantity: "1.2.3" };
    const state = reduceDraft(before, { type: "patch", key: keyAt(before, 1), patch });
    expect(state.draft.lines[0]).toBe(before.draft.lines[0]);
    expect(state.draft.lines[1]).toEqual({ ...before.draft.lines[1], quantity: "1.2.3" });
  });

  it.each<DraftAction>([
    { type: "patch", key: "gone", patch: { quantity: "5" } },
    { type: "pick", key: "gone", goods: GARLIC },
    { type: "repeat", key: "gone" },
    { type: "remove", key: "gone" },
  ])("ignores $type on a line that is gone", (action) => {
    const before = withLines("tỏi");
    expect(reduceDraft(before, action)).toBe(before);
  });

  it("keeps all lines when the trade or the exemption order is turned, and turns back", () => {
    const before = withLines("tỏi", "áo");
    for (const type of ["turn", "allocation"] as const) {
      const turned = reduceDraft(before, { type });
      expect(turned.draft).not.toEqual(before.draft);
      expect(goodsOf(turned)).toEqual(goodsOf(before));
      expect(reduceDraft(turned, { type })).toEqual(before);
    }
  });

  it("starts over without a line of the person before to bring back", () => {
    const before = withLines("tỏi", "áo");
    const removed = reduceDraft(before, { type: "remove", key: keyAt(before, 0) });
    const draft = emptyDraft("export");
    const restarted = reduceDraft(removed, { type: "restart", draft });
    expect(restarted).toEqual({ ...startDraft(), draft });
  });
});

describe("another person at the counter", () => {
  const HOA = { id: "hoa", name: "Đỗ Thị Hoa" };
  const LAN = { id: "lan", name: "Trần Thị Lan" };
  const serve = (state: DraftState, owner: typeof HOA) =>
    reduceDraft(state, { type: "serve", owner });

  it("starts with a form of their own, and each finds theirs again", () => {
    const hoa = serve(withLines("tỏi"), HOA);
    const first = { ...hoa, draft: withLines("tỏi", "áo").draft };
    const lan = serve(first, LAN);
    expect(goodsOf(lan)).toEqual([""]);
    const key = keyAt(lan, 0);
    const typed = reduceDraft(lan, { type: "patch", key, patch: { goods: "quạt" } });
    const again = serve(typed, HOA);
    expect(again.draft).toBe(first.draft);
    expect(goodsOf(serve(again, LAN))).toEqual(["quạt"]);
  });

  it("gets the goods set aside on undo, and nothing typed is lost by it", () => {
    const hoa = serve(startDraft(), HOA);
    const lan = serve({ ...hoa, draft: withLines("tỏi").draft }, LAN);
    const undone = reduceDraft(lan, { type: "undo" });
    expect(goodsOf(undone)).toEqual(["tỏi"]);
    expect(undone.owner).toEqual(LAN);
    expect(undone.aside).toEqual([]);
  });

  it("leaves nothing aside when nothing was typed", () => {
    expect(serve(serve(startDraft(), HOA), LAN).aside).toEqual([]);
  });
});

describe("an exchange", () => {
  const begun = reduceDraft(withLines("tỏi"), { type: "exchange" });

  it("has a leg each way, and turning shows the other one", () => {
    expect(begun.draft.direction).toBe("import");
    expect(begun.other?.direction).toBe("export");
    const turned = reduceDraft(begun, { type: "turn" });
    expect(turned.draft).toEqual(begun.other);
    expect(turned.other).toBe(begun.draft);
    expect(goodsOf(reduceDraft(turned, { type: "turn" }))).toEqual(["tỏi"]);
  });

  it("has one counterpart on both legs", () => {
    const named = reduceDraft(begun, { type: "counterpart", patch: { name: "王伟" } });
    expect(reduceDraft(named, { type: "turn" }).draft.counterpart.name).toBe("王伟");
  });

  it("is left only while nothing is typed into the other leg", () => {
    expect(reduceDraft(begun, { type: "exchange" }).other).toBeNull();
    const turned = reduceDraft(begun, { type: "turn" });
    expect(reduceDraft(turned, { type: "exchange" })).toBe(turned);
  });

  it("is set aside whole, and found whole by the one it belongs to", () => {
    const serve = (state: DraftState, id: string) =>
      reduceDraft(state, { type: "serve", owner: { id, name: id } });
    const own = { ...begun, owner: { id: "a", name: "a" } };
    const back = serve(serve(own, "b"), "a");
    expect(back.draft).toEqual(own.draft);
    expect(back.other).toEqual(own.other);
  });
});
