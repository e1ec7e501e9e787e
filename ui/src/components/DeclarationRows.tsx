// Declarations as a table that arrows walk through and Enter opens.
import { type KeyboardEvent, useRef } from "react";
import type { DeclarationRow } from "../api/bindings";
import { useWords } from "../i18n";
import { dayOf, formatDay, formatTime } from "../lib/dates";
import { isPositive } from "../lib/decimal";
import { Money } from "./Money";
import { NumberText } from "./NumberText";
import { StatusTag } from "./StatusTag";

export function DeclarationRows(props: {
  rows: DeclarationRow[];
  chosen: string | null;
  onChoose: (id: string) => void;
  onOpen: (id: string) => void;
  /** A person's history shows the day; a day's list shows the person. */
  of: "day" | "person";
}) {
  const { t, language } = useWords();
  const body = useRef<HTMLTableSectionElement>(null);
  const onKeyDown = (event: KeyboardEvent, at: number) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = props.rows[at + (step ?? 0)];
    if (row && (step || event.key === "Enter")) {
      event.preventDefault();
      props.onChoose(row.id);
      if (step) {
        body.current?.querySelectorAll<HTMLElement>("tr")[at + step]?.focus();
      } else {
        props.onOpen(row.id);
      }
    }
  };
  return (
    <table className="sheet">
      <thead>
        <tr>
          <th>{t("field.number")}</th>
          <th>{props.of === "day" ? t("field.time") : t("field.day")}</th>
          {props.of === "day" && <th>{t("field.resident")}</th>}
          <th className="wide-only">{t("field.direction")}</th>
          <th>{t("field.goods")}</th>
          <th className="number">{t("field.value")}</th>
          <th className="number">{t("field.total")}</th>
          <th>{t("field.status")}</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {props.rows.map((row, at) => (
          <tr
            key={row.id}
            data-testid={`list-row-${at}`}
            tabIndex={row.id === props.chosen || (props.chosen === null && at === 0) ? 0 : -1}
            aria-selected={row.id === props.chosen}
            onClick={() => props.onChoose(row.id)}
            onFocus={() => props.onChoose(row.id)}
            onKeyDown={(event) => onKeyDown(event, at)}
          >
            <td className="tight">
              {props.of === "day" ? <NumberText number={row.number} /> : row.number}
            </td>
            <td style={{ whiteSpace: "nowrap" }}>
              {props.of === "day" ? formatTime(row.at) : formatDay(dayOf(row.at), language)}
            </td>
            {props.of === "day" && <td className="tight">{row.person_name}</td>}
            <td className="wide-only">{t(`directionShort.${row.direction}`)}</td>
            <td className="clip" title={row.goods}>
              {row.goods}
            </td>
            <td className="number">
              <Money vnd={row.value_vnd} />
            </td>
            <td className="number">
              {isPositive(row.total_due_vnd) ? <Money vnd={row.total_due_vnd} /> : "–"}
            </td>
            <td>
              <StatusTag status={row.status} stage={row.stage} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
