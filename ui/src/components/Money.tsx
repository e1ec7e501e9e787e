// An amount of whole VND as the server sent it, in the separators of the language.
import { useWords } from "../i18n";
import { formatDecimal } from "../lib/decimal";

/** The plain amount stays readable in `data-amount`. */
export function Money({ vnd, testId }: { vnd: string; testId?: string }) {
  const { language } = useWords();
  return (
    <span style={{ whiteSpace: "nowrap" }} data-testid={testId} data-amount={vnd}>
      {formatDecimal(vnd, language)}
    </span>
  );
}
