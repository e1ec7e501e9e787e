// Records found, the newest first.
import type { AuditRow } from "../../api/bindings";
import { MarkedTable } from "../../components/MarkedTable";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import classes from "./Audit.module.css";

/** A record by one text, as tables need it. */
export const keyOf = (row: { series: string; index: number }) => `${row.series}/${row.index}`;

export function RecordTable(props: {
  rows: AuditRow[];
  marked: string | null;
  onMark: (key: string) => void;
  /** Enter on a row: everything done to the same thing. */
  onFollow: (row: AuditRow) => void;
}) {
  const { t, language } = useWords();
  const rows = props.rows.map((row) => ({ ...row, id: keyOf(row) }));
  return (
    <MarkedTable
      rows={rows}
      marked={props.marked}
      testId="audit-row"
      onMark={props.onMark}
      onOpen={props.onFollow}
      head={
        <>
          <th scope="col">{t("audit.at")}</th>
          <th scope="col">{t("audit.by")}</th>
          <th scope="col">{t("audit.kind")}</th>
          <th scope="col">{t("audit.subjectShort")}</th>
        </>
      }
      cells={(row) => (
        <>
          <td className={classes.time}>
            {formatTime(row.at)}
            <span className={classes.second}>{formatDay(dayOf(row.at), language)}</span>
          </td>
          <td>
            {row.by}
            <span className={classes.second}>{row.place || "–"}</span>
          </td>
          <td>
            {row.label}
            <span className={`${classes.second} ${classes.note}`} title={row.note}>
              {row.note}
            </span>
          </td>
          <td>
            {row.subject?.name}
            {row.more > 0 && <span className="soft"> +{row.more}</span>}
          </td>
        </>
      )}
    />
  );
}
