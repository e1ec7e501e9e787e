// Kinds of breach, the breaches before the patterns.
import type { BreachKind } from "../api/bindings";

export const BREACH_KINDS = [
  "over_quota",
  "fifth_trip",
  "second_trip",
  "two_papers",
  "over_use",
  "off_list",
  "ineligible",
  "expired_rate",
  "deadline_missed",
  "goods_differ",
  "shared_phone",
  "shared_address",
  "shared_vehicle",
  "shared_trader",
  "same_goods",
  "just_under",
  "two_gates",
] as const satisfies readonly BreachKind[];

export function isKind(word: string): word is BreachKind {
  return (BREACH_KINDS as readonly string[]).includes(word);
}
