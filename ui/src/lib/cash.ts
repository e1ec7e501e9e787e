// What lies in a drawer as it is counted. The server adds it up again.

/** Pieces by value of the note, as typed. */
export type Counts = Record<string, string>;

const WHOLE = /^\d{0,9}$/;

/** Value times pieces; null while the pieces are no whole number. */
export function notesSum(note: string, pieces: string): string | null {
  const typed = pieces.trim();
  return WHOLE.test(typed) ? String(BigInt(note) * BigInt(typed || "0")) : null;
}

/** All of it together; null while something is no whole number. */
export function countTotal(counts: Counts, small: string | null): string | null {
  if (small === null) {
    return null;
  }
  let total = BigInt(small);
  for (const [note, pieces] of Object.entries(counts)) {
    const sum = notesSum(note, pieces);
    if (sum === null) {
      return null;
    }
    total += BigInt(sum);
  }
  return String(total);
}

/** Counted less expected. */
export function differenceOf(counted: string, expected: string): string {
  return String(BigInt(counted) - BigInt(expected));
}

/** The notes of a count as the server takes them. */
export function toNotes(counts: Counts): { note_vnd: string; count: number }[] {
  return Object.entries(counts)
    .map(([note_vnd, pieces]) => ({ note_vnd, count: Number(pieces.trim() || "0") }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => Number(other.note_vnd) - Number(one.note_vnd));
}
