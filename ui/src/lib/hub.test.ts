import { describe, expect, it } from "vitest";
import { awayView, hubView, memberView } from "../testing/fake-hub";
import { agoOf, clockOf, isProvisional, standingOf, troubleFirst } from "./hub";

const NOW = Date.parse("2026-11-24T02:00:00Z");

describe("how a workstation stands", () => {
  it("is nothing where it is alone or nothing is known", () => {
    expect(standingOf(undefined)).toBeNull();
    expect(standingOf(hubView({ joined: false, reached: false, unsent: 9 }))).toBeNull();
  });

  it("is one of three where it has joined", () => {
    expect(standingOf(hubView())).toBe("sent");
    expect(standingOf(hubView({ unsent: 1 }))).toBe("waiting");
    expect(standingOf(awayView({ unsent: 0 }))).toBe("away");
  });

  it("makes grants provisional only out of reach of a hub that was joined", () => {
    expect(isProvisional(awayView())).toBe(true);
    expect(isProvisional(hubView({ unsent: 5 }))).toBe(false);
    expect(isProvisional(awayView({ joined: false }))).toBe(false);
  });
});

it.each([
  [-5_000, "now", 0],
  [59_999, "now", 0],
  [60_000, "minutes", 1],
  [3_599_999, "minutes", 59],
  [3_600_000, "hours", 1],
  [172_799_999, "hours", 47],
  [172_800_000, "days", 2],
])("%d ms ago is %s, %d of them", (ms, unit, count) => {
  expect(agoOf(ms)).toEqual({ unit, count });
});

it.each([
  [400, "right", 0, false],
  [3_400, "slow", 3, false],
  [-59_999, "fast", 60, false],
  [60_000, "slow", 60, true],
  [-75_000, "fast", 75, true],
])("a hub's clock %d ms ahead means ours is %s by %d s", (ms, way, seconds, wrong) => {
  expect(clockOf(ms)).toEqual({ way, seconds, wrong });
});

it("workstations are sorted by how much they need a look", () => {
  const old = "2026-11-24T01:50:00Z";
  const members = [
    memberView({ name: "fine" }),
    memberView({ name: "behind", behind: 3 }),
    memberView({ name: "version", version: "0.0.9" }),
    memberView({ name: "silent", seen: old }),
    memberView({ name: "clock", clock_offset_ms: -60_000 }),
    memberView({ name: "silent, unsent", seen: old, unsent: 1 }),
    memberView({ name: "lost", lost: true }),
    memberView({ name: "also fine" }),
  ];
  const names = troubleFirst(members, NOW, "0.1.0").map(({ name }) => name);
  expect(names).toEqual([
    "lost",
    "silent, unsent",
    "clock",
    "silent",
    "version",
    "behind",
    "also fine",
    "fine",
  ]);
});
