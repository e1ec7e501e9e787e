// What waits, the oldest first, with the time the law leaves for it.
import { type KeyboardEvent, useRef } from "react";
import type { QueueRow } from "../../api/bindings";
import { Money } from "../../components/Money";
import { NumberText } from "../../components/NumberText";
import { StatusTag } from "../../components/StatusTag";
import { TimeLeftText } from "../../components/TimeLeftText";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import { isPositive } from "../../lib/decimal";

export function QueueTable(props: {
  rows: QueueRow[];
  marked: string | null;
  now: number;
  /** Beside an open form, which says the rest, only what tells the rows apart. */
  narrow: boolean;
  onMark: (id: string) => void;
  onOpen: (id: string) => void;
}) {
  const { t, language } = useWords();
  const today = dayOf(new Date(props.now).toISOString());
  // A form of an earlier day says which.
  const moment = (at: string) =>
    dayOf(at) === today ? formatTime(at) : `${formatTime(at)} ${formatDay(dayOf(at), language)}`;
  const { narrow } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = props.rows[at + (step ?? 0)];
    if (!row || !(step || event.key === "Enter")) {
      return;
    }
    event.preventDefault();
    if (step) {
      body.current?.querySelectorAll<HTMLElement>("tr")[at + step]?.focus();
    } else {
      props.onOpen(row.form.id);
    }
  };
  return (
    <table className="sheet">
      <thead>
        <tr>
          <th>{t("queue.waitsFor")}</th>
          <th>{t("queue.timeLeft")}</th>
          <th>{t("field.number")}</th>
          {!narrow && <th>{t("field.time")}</th>}
          <th>{t("field.resident")}</th>
          {!narrow && <th className="wide-only">{t("field.direction")}</th>}
          <th>{t("field.goods")}</th>
          <th className="number">{t("field.total")}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {props.rows.map(({ form, progress, overdue }, at) => (
          <tr
            key={form.id}
            data-testid={`queue-row-${at}`}
            tabIndex={form.id === props.marked ? 0 : -1}
            aria-selected={form.id === props.marked}
            onClick={() => props.onMark(form.id)}
            onFocus={() => props.onMark(form.id)}
            onKeyDown={(event) => onKeyDown(event, at)}
          >
            <td>
              <StatusTag status={form.status} stage={form.stage} />
            </td>
            <td style={{ whiteSpace: "nowrap" }}>
              <TimeLeftText
                deadline={progress.deadline}
                overdue={overdue}
                now={props.now}
                short={narrow}
              />
            </td>
            <td className="tight">
              <NumberText number={form.number} />
            </td>
            {!narrow && <td style={{ whiteSpace: "nowrap" }}>{moment(form.at)}</td>}
            <td className="tight">{form.person_name}</td>
            {!narrow && <td className="wide-only">{t(`directionShort.${form.direction}`)}</td>}
            <td className="clip" title={form.goods}>
              {form.goods}
            </td>
            <td className="number">
              {isPositive(form.total_due_vnd) ? <Money vnd={form.total_due_vnd} /> : "–"}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
