// Beside the goods that are amended: what was declared, what it changes, why, and the step itself.
import type { CorrectionPreview, DeclarationView, Violation } from "../../api/bindings";
import { Button, Problem, TextField } from "../../components/kit";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { formatDecimal } from "../../lib/decimal";
import classes from "./Corrections.module.css";
import { SumsTable } from "./SumsTable";

/** The goods as they were declared, to compare with. */
export function OldGoods({ form }: { form: DeclarationView }) {
  const { t, language } = useWords();
  return (
    <section aria-label={t("correct.goodsOld")}>
      <h2>{t("correct.goodsOld")}</h2>
      <ol className={classes.old} data-testid="old-goods">
        {form.lines.map((line, row) => (
          <li key={row}>
            {line.name} · {formatDecimal(line.quantity, language)} {line.unit} ×{" "}
            {formatDecimal(line.unit_price, language)} {line.currency} · {line.origin}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function AmendSide(props: {
  preview: CorrectionPreview | undefined;
  /** Violations of the form as a whole. */
  violations: Violation[];
  problem: string | null;
  reason: string;
  onReason: (reason: string) => void;
  busy: boolean;
  onSubmit: (() => void) | undefined;
  onClose: () => void;
}) {
  const { t } = useWords();
  const { preview } = props;
  return (
    <form
      className={classes.side}
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit?.();
      }}
    >
      {preview && <SumsTable preview={preview} />}
      {props.violations.map((one) => (
        <ViolationNote key={one.code + one.field} violation={one} />
      ))}
      <TextField
        label={t("field.reason")}
        value={props.reason}
        onChange={props.onReason}
        testId="amend-reason"
        required
      />
      {props.problem && <Problem testId="amend-problem">{props.problem}</Problem>}
      <div className={classes.buttons}>
        <Button hotkey="Esc" wide onClick={props.onClose}>
          {t("dialog.close")}
        </Button>
        <Button
          submit
          wide
          kind="primary"
          hotkey="F9"
          busy={props.busy}
          disabled={props.onSubmit === undefined}
          testId="amend-confirm"
        >
          {t(preview?.second_person ? "correct.propose" : "correct.confirm")}
        </Button>
      </div>
    </form>
  );
}
