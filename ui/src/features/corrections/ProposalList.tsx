// Corrections that wait for the second person, and the differences corrections left.
import { type KeyboardEvent, useRef } from "react";
import type { CorrectionList } from "../../api/bindings";
import { Money } from "../../components/Money";
import { NumberText } from "../../components/NumberText";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import classes from "./Corrections.module.css";

/** A row of the board: a proposal or a form with a difference. */
export const rowIds = (list: CorrectionList) => [
  ...list.pending.map(({ id }) => id),
  ...list.unsettled.map(({ form }) => form.id),
];

export function ProposalList(props: {
  list: CorrectionList;
  marked: string | null;
  onMark: (id: string) => void;
}) {
  const { t, language } = useWords();
  const { list, marked } = props;
  const body = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const rows = Array.from(body.current?.querySelectorAll<HTMLElement>("tbody tr") ?? []);
      const at = rows.findIndex((row) => row.contains(document.activeElement));
      rows[at + step]?.focus();
    }
  };
  const row = (id: string) => ({
    tabIndex: id === marked ? 0 : -1,
    "aria-selected": id === marked,
    onFocus: () => props.onMark(id),
    onClick: () => props.onMark(id),
  });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the rows inside
    <div ref={body} className={`panel ${classes.lists}`} onKeyDown={onKeyDown}>
      <h2>{t("board.pending")}</h2>
      {list.pending.length === 0 ? (
        <p className={classes.empty}>{t("board.empty")}</p>
      ) : (
        <table className="sheet">
          <thead>
            <tr>
              <th>{t("field.number")}</th>
              <th>{t("field.resident")}</th>
              <th>{t("board.change")}</th>
              <th>{t("board.proposer")}</th>
              <th>{t("field.reason")}</th>
            </tr>
          </thead>
          <tbody>
            {list.pending.map((one, at) => (
              <tr key={one.id} {...row(one.id)} data-testid={`proposal-${at}`}>
                <td className="tight">
                  <NumberText number={one.form.number} />
                </td>
                <td className="tight">{one.form.person_name}</td>
                <td>{t(`history.${one.kind}`)}</td>
                <td>
                  {one.proposed_by} · {formatTime(one.proposed_at)}{" "}
                  {formatDay(dayOf(one.proposed_at), language)}
                </td>
                <td className="clip" title={one.reason}>
                  {one.reason}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <h2>{t("board.unsettled")}</h2>
      {list.unsettled.length === 0 ? (
        <p className={classes.empty}>{t("board.nothing")}</p>
      ) : (
        <table className="sheet">
          <thead>
            <tr>
              <th>{t("field.number")}</th>
              <th>{t("field.resident")}</th>
              <th>{t("field.goods")}</th>
              <th className="number">{t("board.balance")}</th>
            </tr>
          </thead>
          <tbody>
            {list.unsettled.map(({ form, balance_vnd }, at) => (
              <tr key={form.id} {...row(form.id)} data-testid={`unsettled-${at}`}>
                <td className="tight">
                  <NumberText number={form.number} />
                </td>
                <td className="tight">{form.person_name}</td>
                <td className="clip" title={form.goods}>
                  {form.goods}
                </td>
                <td className="number">
                  <Money vnd={balance_vnd} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
