// Why a command was not done: each rule with its words, or the one message there is.
import { messageOf, violationsOf } from "../api/errors";
import { Problem } from "./kit";
import { ViolationNote } from "./ViolationNote";

export function Refusal({ error, testId }: { error: unknown; testId?: string }) {
  if (!error) {
    return null;
  }
  const violations = violationsOf(error);
  return (
    <Problem testId={testId}>
      {violations.length === 0 && messageOf(error)}
      {violations.map((one) => (
        <ViolationNote key={`${one.code} ${one.field}`} violation={one} />
      ))}
    </Problem>
  );
}
