// One line of goods: its cells, what was understood of the numbers, and what the rules say of it.
import type { Direction, GoodsHit, LineAnswer, Violation } from "../../api/bindings";
import { Violations } from "../../components/Violations";
import { useWords } from "../../i18n";
import { formatDecimal, parseDecimal, percentOf } from "../../lib/decimal";
import { CURRENCIES, columnOf, type DraftLine, readPrice } from "../../lib/draft";
import { GoodsCell } from "./GoodsCell";
import css from "./Lines.module.css";

interface NumberProps {
  label: string;
  value: string;
  read: string | null;
  step: boolean;
  bad: boolean;
  testId: string;
  onType: (text: string) => void;
}

/** Keeps what was typed, and shows below how it was understood when that is not plain to see. */
function NumberCell({ label, value, read, step, bad, testId, onType }: NumberProps) {
  const { t, language } = useWords();
  const shown = read === null ? "" : formatDecimal(read, language);
  const unread = value.trim() !== "" && read === null;
  return (
    <>
      <input
        className={`${css.cell} ${css.number}`}
        data-cell
        data-step={step || undefined}
        inputMode="decimal"
        data-testid={testId}
        aria-label={label}
        aria-invalid={bad || unread || undefined}
        value={value}
        autoComplete="off"
        onChange={(event) => onType(event.target.value)}
      />
      <small className={unread ? css.unread : css.echo}>
        {unread
          ? t("lines.unread")
          : shown !== value.trim() && shown
            ? t("lines.reads", { value: shown })
            : ""}
      </small>
    </>
  );
}

interface Props {
  row: number;
  line: DraftLine;
  direction: Direction;
  person: string | null;
  answer: LineAnswer | null;
  violations: Violation[];
  onPatch: (patch: Partial<DraftLine>) => void;
  onPick: (goods: GoodsHit) => void;
  onRepeat: () => void;
  onRemove: () => void;
}

export function LineRow(props: Props) {
  const { row, line, direction, person, answer, violations, onPatch, onPick, onRepeat, onRemove } =
    props;
  const { t, language } = useWords();
  const columns = new Set(violations.map(columnOf));
  const money = (amount: string) => formatDecimal(amount, language);
  const share =
    answer &&
    t("lines.exemptShare", { exempt: money(answer.exempt_vnd), excess: money(answer.excess_vnd) });
  return (
    <>
      <tr data-line={row}>
        <td className={css.index}>{row + 1}</td>
        <td>
          <GoodsCell
            row={row}
            value={line.goods}
            chosenName={line.name}
            direction={direction}
            person={person}
            bad={columns.has("hs")}
            onType={(goods) => onPatch({ goods, hs: "", name: "" })}
            onPick={onPick}
          />
          <small className={css.echo}>
            {line.hs}
            {line.referencePrice &&
              ` · ${t("lines.reference", { price: money(line.referencePrice) })}`}
          </small>
        </td>
        <td>
          <NumberCell
            label={t("field.quantity")}
            value={line.quantity}
            read={parseDecimal(line.quantity)}
            step
            bad={columns.has("quantity")}
            testId={`quantity-${row}`}
            onType={(quantity) => onPatch({ quantity })}
          />
        </td>
        <td>
          <select
            className={css.cell}
            data-cell
            aria-label={t("field.unit")}
            data-testid={`unit-${row}`}
            value={line.unit}
            onChange={(event) => onPatch({ unit: event.target.value })}
          >
            {line.units.map((unit) => (
              <option key={unit}>{unit}</option>
            ))}
          </select>
        </td>
        <td>
          <NumberCell
            label={t("field.weight")}
            value={line.weight}
            read={parseDecimal(line.weight)}
            step={line.unit !== "" && line.unit !== "kg"}
            bad={columns.has("weight_kg")}
            testId={`weight-${row}`}
            onType={(weight) => onPatch({ weight })}
          />
        </td>
        <td>
          <NumberCell
            label={t("field.price")}
            value={line.price}
            read={readPrice(line)}
            step
            bad={columns.has("unit_price")}
            testId={`price-${row}`}
            onType={(price) => onPatch({ price })}
          />
        </td>
        <td>
          <select
            className={css.cell}
            data-cell
            aria-label={t("field.currency")}
            data-testid={`currency-${row}`}
            value={line.currency}
            onChange={(event) => onPatch({ currency: event.target.value })}
          >
            {CURRENCIES.map((currency) => (
              <option key={currency}>{currency}</option>
            ))}
          </select>
        </td>
        <td>
          <input
            className={css.cell}
            data-cell
            aria-label={t("field.origin")}
            data-testid={`origin-${row}`}
            maxLength={2}
            value={line.origin}
            onChange={(event) => onPatch({ origin: event.target.value })}
          />
        </td>
        <td>
          <select
            className={css.cell}
            data-cell
            aria-label={t("field.condition")}
            data-testid={`condition-${row}`}
            value={line.condition}
            onChange={(event) =>
              onPatch({ condition: event.target.value === "used" ? "used" : "new" })
            }
          >
            <option value="new">{t("condition.new")}</option>
            <option value="used">{t("condition.used")}</option>
          </select>
        </td>
        <td className={`figure ${css.value}`}>
          {answer ? money(answer.value_vnd) : ""}
          {answer && share && (
            <div className={css.share} role="img" aria-label={share} title={share}>
              <i style={{ width: `${percentOf(answer.exempt_vnd, answer.value_vnd)}%` }} />
              <i
                className={css.over}
                style={{ width: `${percentOf(answer.excess_vnd, answer.value_vnd)}%` }}
              />
            </div>
          )}
        </td>
        <td className={css.tools}>
          <button
            type="button"
            title={t("lines.repeatTitle")}
            aria-label={t("lines.repeatTitle")}
            onClick={onRepeat}
          >
            {"⧉"}
          </button>
          <button
            type="button"
            title={t("lines.removeTitle")}
            aria-label={t("lines.removeTitle")}
            onClick={onRemove}
          >
            {"✕"}
          </button>
        </td>
      </tr>
      {(line.quarantine || violations.length > 0) && (
        <tr data-line={row} className={css.below}>
          <td />
          <td colSpan={10}>
            {line.quarantine && (
              <label className={css.certificate}>
                {t("field.certificate")}
                <input
                  className={css.cell}
                  data-cell
                  data-step
                  data-testid={`certificate-${row}`}
                  value={line.certificate}
                  aria-invalid={columns.has("certificate") || undefined}
                  autoComplete="off"
                  onChange={(event) => onPatch({ certificate: event.target.value })}
                />
              </label>
            )}
            <Violations items={violations} testId={`line-problems-${row}`} />
          </td>
        </tr>
      )}
    </>
  );
}
