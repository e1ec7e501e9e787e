// Sheets as the fake server sets them: one page of SVG that says what it is.
import type { FormPrint, PrintedFile, PrintMark } from "../api/bindings";

/** A page whose text tells the form, the mark and the paper. */
function page(text: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="595.276pt" height="841.89pt"><text>${text}</text></svg>`;
}

/** A print of a form that had been printed so many times before. */
export function sheetOf(number: string, before: number, ask: FormPrint): PrintedFile {
  const again: PrintMark = ask.copy || before > 0 ? "copy" : "original";
  const mark = ask.preview ? "preview" : again;
  return {
    name: `${number}.pdf`,
    mark,
    times: ask.preview ? before : before + 1,
    pdf: "",
    pictures: ask.pictures ? [page(`${number} ${mark} ${ask.paper ?? "template"}`)] : [],
  };
}

/** A paper that is no form of a resident. */
export function paperOf(text: string): PrintedFile {
  return { name: `${text}.pdf`, mark: "original", times: 0, pdf: "", pictures: [page(text)] };
}

/** The page for aligning a printer. */
export const ALIGNMENT: PrintedFile = paperOf("align");
