// The code printed on a form, scanned into a box: leads to the form, or says what is wrong with the sheet.
import type { FoundFormView } from "../api/bindings";
import { useWords } from "../i18n";
import { Button } from "./kit";
import { ViolationNote } from "./ViolationNote";

/** Whether what was scanned is the code of a form and not of a card. */
export const isFormCode = (text: string) => text.trim().startsWith("BM1:");

/** What a code led to, where there is something to be said of the sheet. */
export function FoundForm(props: { found: FoundFormView; onOpen: (id: string) => void }) {
  const { t } = useWords();
  const { id, number, problems } = props.found;
  return (
    <div data-testid="found-form">
      {problems.map((problem) => (
        <ViolationNote key={problem.code} violation={problem} />
      ))}
      {id !== null && problems.length > 0 && (
        <Button onClick={() => props.onOpen(id)} testId="found-open">
          {t("identify.openForm", { number })}
        </Button>
      )}
    </div>
  );
}
