// A form's number where every row is of one gate: without the gate, which the title still says.

/** `HOANHMO/2026/NK/QUAY-01-000001` as `2026/NK/QUAY-01-000001`. */
const withoutGate = (number: string) => number.slice(number.indexOf("/") + 1);

export function NumberText({ number }: { number: string }) {
  return <span title={number}>{withoutGate(number)}</span>;
}
