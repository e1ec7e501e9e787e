// An amount of whole VND as the server sent it, in the separators of the language.
import { useWords } from "../i18n";
import { formatDecimal } from "../lib/decimal";

export function Money({ amount, testId }: { amount: string; testId?: string }) {
  const { language } = useWords();
  return (
    <span className="figure" data-testid={testId} data-amount={amount}>
      {formatDecimal(amount, language)}
    </span>
  );
}
