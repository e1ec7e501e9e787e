// Where in the person form a violation belongs. The server names a person's fields as a
// declaration does (`resident.name`), and all papers are `resident.number`.
import type { PaperView, Violation } from "../api/bindings";

const PAPER_FIELDS = ["kind", "number"];

/** The paper a violation is about: the one its message quotes, else the first. */
function paperRow(violation: Violation, papers: PaperView[]): number {
  const row = papers.findIndex(
    ({ number }) => number.trim() !== "" && violation.message.includes(number.trim()),
  );
  return Math.max(row, 0);
}

/** The name of the field a violation belongs beside, such as `born` or `papers[0].number`. */
export function personFieldOf(violation: Violation, papers: PaperView[]): string {
  const field = violation.field.replace(/^resident\./, "");
  return PAPER_FIELDS.includes(field) ? `papers[${paperRow(violation, papers)}].${field}` : field;
}
