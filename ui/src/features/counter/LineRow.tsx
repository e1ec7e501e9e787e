// One line of goods: its cells, how the numbers were understood, and what the rules say of it.
import { type Dispatch, memo } from "react";
import type { Direction, LineAnswer } from "../../api/bindings";
import { Money } from "../../components/Money";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { formatDecimal, parseDecimal, percentOf } from "../../lib/decimal";
import { CURRENCIES, columnOf, type DraftLine, readPrice } from "../../lib/draft";
import { declaredPrice } from "../../lib/price-scale";
import { GoodsField } from "./GoodsField";
import classes from "./LineGrid.module.css";
import { PriceStrip } from "./PriceStrip";
import type { LineOutcome } from "./use-decision";
import type { DraftAction } from "./use-draft";

interface NumberCellProps {
  label: string;
  typed: string;
  read: string | null;
  invalid: boolean;
  testId: string;
  onType: (text: string) => void;
}

/** Keeps the text as typed and shows below it how it was understood, where that differs. */
function NumberCell({ label, typed, read, invalid, testId, onType }: NumberCellProps) {
  const { t, language } = useWords();
  const shown = read === null ? "" : formatDecimal(read, language);
  const unread = typed.trim() !== "" && read === null;
  const echo = shown === "" || shown === typed.trim() ? "" : t("lines.reads", { value: shown });
  return (
    <div className={classes.cell}>
      <input
        data-cell
        className={classes.numeric}
        data-testid={testId}
        aria-label={label}
        aria-invalid={invalid || unread}
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      <small className={unread ? classes.unread : classes.echo}>
        {unread ? t("lines.unread") : echo}
      </small>
    </div>
  );
}

/** The value in VND, and how much of it the exemption covers. */
function ValueCell({ answer, hasQuota }: { answer: LineAnswer; hasQuota: boolean }) {
  const { t, language } = useWords();
  const share = t("lines.exemptShare", {
    exempt: formatDecimal(answer.exempt_vnd, language),
    excess: formatDecimal(answer.excess_vnd, language),
  });
  return (
    <div className={classes.value}>
      <Money vnd={answer.value_vnd} />
      {hasQuota && (
        <div className={classes.bar} role="img" aria-label={share} title={share}>
          <span style={{ width: `${percentOf(answer.exempt_vnd, answer.value_vnd)}%` }} />
          <i style={{ width: `${percentOf(answer.excess_vnd, answer.value_vnd)}%` }} />
        </div>
      )}
    </div>
  );
}

interface Props {
  line: DraftLine;
  row: number;
  direction: Direction;
  person: string | null;
  outcome: LineOutcome | undefined;
  dispatch: Dispatch<DraftAction>;
  onChosen: (key: string) => void;
}

/** The cells with a few choices each: unit is apart, as it stands further left. */
function Choices({ line, row, wrong, patch }: CellProps) {
  const { t } = useWords();
  return (
    <>
      <select
        data-cell
        data-testid={`currency-${row}`}
        aria-label={t("field.currency")}
        aria-invalid={wrong.has("currency")}
        value={line.currency}
        onChange={(event) => patch({ currency: event.currentTarget.value })}
      >
        {CURRENCIES.map((currency) => (
          <option key={currency}>{currency}</option>
        ))}
      </select>
      <input
        data-cell
        className={classes.short}
        data-testid={`origin-${row}`}
        aria-label={t("field.origin")}
        aria-invalid={wrong.has("origin")}
        maxLength={2}
        autoComplete="off"
        value={line.origin}
        onChange={(event) => patch({ origin: event.currentTarget.value })}
      />
      <select
        data-cell
        data-testid={`condition-${row}`}
        aria-label={t("field.condition")}
        aria-invalid={wrong.has("condition")}
        value={line.condition}
        onChange={(event) =>
          patch({ condition: event.currentTarget.value === "used" ? "used" : "new" })
        }
      >
        <option value="new">{t("condition.new")}</option>
        <option value="used">{t("condition.used")}</option>
      </select>
    </>
  );
}

interface CellProps {
  line: DraftLine;
  row: number;
  wrong: Set<string>;
  patch: (patch: Partial<DraftLine>) => void;
}

function Figures({ line, row, wrong, patch }: CellProps) {
  const { t } = useWords();
  return (
    <>
      <NumberCell
        label={t("field.quantity")}
        typed={line.quantity}
        read={parseDecimal(line.quantity)}
        invalid={wrong.has("quantity")}
        testId={`quantity-${row}`}
        onType={(quantity) => patch({ quantity })}
      />
      <select
        data-cell
        data-testid={`unit-${row}`}
        aria-label={t("field.unit")}
        aria-invalid={wrong.has("unit")}
        value={line.unit}
        onChange={(event) => patch({ unit: event.currentTarget.value })}
      >
        {line.units.map((unit) => (
          <option key={unit}>{unit}</option>
        ))}
      </select>
      <NumberCell
        label={t("field.weight")}
        typed={line.weight}
        read={parseDecimal(line.weight)}
        invalid={wrong.has("weight_kg")}
        testId={`weight-${row}`}
        onType={(weight) => patch({ weight })}
      />
      <NumberCell
        label={t("field.price")}
        typed={line.price}
        read={readPrice(line)}
        invalid={wrong.has("unit_price")}
        testId={`price-${row}`}
        onType={(price) => patch({ price })}
      />
    </>
  );
}

/** Fifty of these stand in a full form; typing in one draws that one again and no other. */
export const LineRow = memo(function LineRow(props: Props) {
  const { line, row, direction, person, outcome, dispatch, onChosen } = props;
  const { t, language } = useWords();
  const { key } = line;
  const violations = outcome?.violations ?? [];
  const wrong = new Set(violations.map(columnOf));
  const patch = (change: Partial<DraftLine>) => dispatch({ type: "patch", key, patch: change });
  const far = violations.some(({ code }) => code === "price_unusual");
  const reference = line.referencePrice && formatDecimal(line.referencePrice, language);
  return (
    <fieldset className={classes.line} data-line={key}>
      <div className={classes.cells}>
        <span className={classes.place}>{row + 1}</span>
        <div className={classes.cell}>
          <GoodsField
            row={row}
            text={line.goods}
            chosen={line.hs !== ""}
            direction={direction}
            person={person}
            invalid={wrong.has("hs") || wrong.has("name")}
            onType={(goods) => patch({ goods, hs: "", name: "" })}
            onPick={(goods) => {
              dispatch({ type: "pick", key, goods });
              onChosen(key);
            }}
          />
          <small className={`${classes.echo} ${classes.about}`}>
            {[line.hs, reference && t("lines.reference", { price: reference })]
              .filter(Boolean)
              .join(" · ")}
          </small>
        </div>
        <Figures line={line} row={row} wrong={wrong} patch={patch} />
        <Choices line={line} row={row} wrong={wrong} patch={patch} />
        {outcome?.answer && <ValueCell answer={outcome.answer} hasQuota={direction === "import"} />}
      </div>
      {line.hs !== "" && (
        <div className={classes.prices} data-far={far || undefined}>
          <PriceStrip
            row={row}
            hs={line.hs}
            unit={line.unit}
            direction={direction}
            declared={declaredPrice(outcome?.answer?.value_vnd, parseDecimal(line.quantity))}
          />
        </div>
      )}
      {line.quarantine !== null && (
        <label className={classes.certificate}>
          {t("field.certificate")}
          <input
            data-cell
            data-testid={`certificate-${row}`}
            aria-invalid={wrong.has("certificate")}
            autoComplete="off"
            value={line.certificate}
            onChange={(event) => patch({ certificate: event.currentTarget.value })}
          />
        </label>
      )}
      {violations.length > 0 && (
        <div className={classes.notes} data-testid={`line-problems-${row}`}>
          {violations.map((violation) => (
            <ViolationNote key={violation.code + violation.field} violation={violation} />
          ))}
        </div>
      )}
    </fieldset>
  );
});
