// What is done to a session: opened, counted, its difference confirmed, handed over.
import { useState } from "react";
import type { CashSessionView } from "../../api/bindings";
import { useCommand } from "../../api/queries";
import { DayField } from "../../components/DayField";
import { FormDialog } from "../../components/FormDialog";
import { TextField } from "../../components/kit";
import { Money } from "../../components/Money";
import { useWords } from "../../i18n";
import { type Counts, countTotal, differenceOf, notesSum, toNotes } from "../../lib/cash";
import { formatDecimal, parseDecimal } from "../../lib/decimal";
import classes from "./Cash.module.css";

const whole = (text: string) => (text.trim() === "" ? "0" : parseDecimal(text, { whole: true }));

export function OpenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const [float, setFloat] = useState("0");
  const open = useCommand("cash_open");
  const float_vnd = whole(float);
  return (
    <FormDialog
      title={t("cash.openTitle")}
      action={t("cash.do.open")}
      testId="cash-open"
      busy={open.isPending}
      error={open.error}
      disabled={float_vnd === null}
      onSubmit={() => float_vnd !== null && open.mutate({ float_vnd }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t("cash.openText")}</p>
      <TextField
        label={t("cash.float")}
        hint={t("cash.floatHint")}
        value={float}
        onChange={setFloat}
        error={float_vnd === null ? t("cash.badCount") : null}
        testId="cash-float"
        autoFocus
      />
    </FormDialog>
  );
}

export function CountDialog(props: {
  session: CashSessionView;
  notes: string[];
  onClose: () => void;
}) {
  const { t, language } = useWords();
  const { session } = props;
  const [counts, setCounts] = useState<Counts>({});
  const [small, setSmall] = useState("");
  const [reason, setReason] = useState("");
  const close = useCommand("cash_close");
  const small_vnd = whole(small);
  const counted = countTotal(counts, small_vnd);
  const difference = counted === null ? null : differenceOf(counted, session.expected_vnd);
  const differs = difference !== null && difference !== "0";
  return (
    <FormDialog
      title={t("cash.closeTitle")}
      action={t("cash.do.close")}
      testId="cash-close"
      busy={close.isPending}
      error={close.error}
      disabled={counted === null || (differs && reason.trim() === "")}
      size="38rem"
      onSubmit={() =>
        close.mutate(
          { id: session.id, notes: toNotes(counts), small_vnd, reason: reason.trim() },
          { onSuccess: props.onClose },
        )
      }
      onClose={props.onClose}
    >
      <table className={classes.count}>
        <thead>
          <tr>
            <th className="number">{t("cash.note")}</th>
            <th>{t("cash.pieces")}</th>
            <th className="number">{t("cash.sum")}</th>
          </tr>
        </thead>
        <tbody>
          {props.notes.map((note, at) => {
            const pieces = counts[note] ?? "";
            const sum = notesSum(note, pieces);
            return (
              <tr key={note}>
                <td className="number">{formatDecimal(note, language)}</td>
                <td>
                  <TextField
                    label=""
                    spoken={`${t("cash.pieces")} ${formatDecimal(note, language)}`}
                    value={pieces}
                    onChange={(text) => setCounts((all) => ({ ...all, [note]: text }))}
                    error={sum === null ? t("cash.badCount") : null}
                    testId={`pieces-${note}`}
                    autoFocus={at === 0}
                  />
                </td>
                <td className="number">{sum === null ? "–" : <Money vnd={sum} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <TextField
        label={t("cash.small")}
        value={small}
        onChange={setSmall}
        error={small_vnd === null ? t("cash.badCount") : null}
        testId="pieces-small"
      />
      <dl className={classes.sums}>
        <dt>{t("cash.counted")}</dt>
        <dd>{counted === null ? "–" : <Money vnd={counted} testId="counted" />}</dd>
        <dt>{t("cash.expected")}</dt>
        <dd>
          <Money vnd={session.expected_vnd} testId="expected" />
        </dd>
        <dt>{t("cash.difference")}</dt>
        <dd data-differs={differs || undefined} data-testid="difference">
          {difference === null ? "–" : differs ? <Money vnd={difference} /> : t("cash.agrees")}
        </dd>
      </dl>
      {differs && (
        <TextField
          label={t("cash.reason")}
          value={reason}
          onChange={setReason}
          testId="cash-reason"
          required
        />
      )}
    </FormDialog>
  );
}

export function AcknowledgeDialog(props: { session: CashSessionView; onClose: () => void }) {
  const { t, language } = useWords();
  const { session } = props;
  const seen = useCommand("cash_acknowledge");
  return (
    <FormDialog
      title={t("cash.acknowledgeTitle")}
      action={t("cash.do.acknowledge")}
      testId="cash-acknowledge"
      busy={seen.isPending}
      error={seen.error}
      plain
      onSubmit={() => seen.mutate({ id: session.id }, { onSuccess: props.onClose })}
      onClose={props.onClose}
    >
      <p>
        {t("cash.acknowledgeText", {
          name: session.closed?.name ?? session.opened.name,
          amount: formatDecimal(session.difference_vnd ?? "0", language),
          reason: session.reason,
        })}
      </p>
    </FormDialog>
  );
}

export function HandOverDialog(props: {
  session: CashSessionView;
  today: string;
  onClose: () => void;
}) {
  const { t, language } = useWords();
  const { session } = props;
  const [slip, setSlip] = useState("");
  const [day, setDay] = useState<string | null>(props.today);
  const [amount, setAmount] = useState(formatDecimal(session.taken_vnd, language));
  const handOver = useCommand("cash_hand_over");
  const amount_vnd = whole(amount);
  const ready = slip.trim() !== "" && day !== null && amount_vnd !== null;
  return (
    <FormDialog
      title={t("cash.handOverTitle")}
      action={t("cash.do.hand_over")}
      testId="cash-hand-over"
      busy={handOver.isPending}
      error={handOver.error}
      disabled={!ready}
      onSubmit={() =>
        ready &&
        handOver.mutate(
          { id: session.id, day, slip: slip.trim(), amount_vnd },
          { onSuccess: props.onClose },
        )
      }
      onClose={props.onClose}
    >
      <p className={classes.basis}>{t("cash.lateText")}</p>
      <TextField
        label={t("cash.slip")}
        value={slip}
        onChange={setSlip}
        testId="slip-number"
        required
        autoFocus
      />
      <DayField
        label={t("cash.slipDay")}
        value={day}
        onChange={setDay}
        testId="slip-day"
        required
      />
      <TextField
        label={t("cash.slipAmount")}
        value={amount}
        onChange={setAmount}
        error={amount_vnd === null ? t("cash.badCount") : null}
        testId="slip-amount"
        required
      />
    </FormDialog>
  );
}
