// The queue of breaches: what, who, why, since when; arrows move the mark and Enter opens.
import type { BreachRow } from "../../api/bindings";
import { MarkedTable } from "../../components/MarkedTable";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";

const TONES = { notice: "warm", attempt: "brand", breach: "refuse" } as const;

export function GravityTag({ row }: { row: BreachRow }) {
  const { t } = useWords();
  return (
    <span className="tag" data-tone={TONES[row.gravity]}>
      {t(`breach.gravity.${row.gravity}`)}
    </span>
  );
}

export function BreachTable(props: {
  rows: BreachRow[];
  marked: string | null;
  /** The detail stands beside it. */
  narrow: boolean;
  onMark: (id: string) => void;
  onOpen: (row: BreachRow) => void;
}) {
  const { t, language } = useWords();
  const { narrow } = props;
  return (
    <MarkedTable
      rows={props.rows}
      marked={props.marked}
      testId="breach"
      onMark={props.onMark}
      onOpen={props.onOpen}
      head={
        <>
          <th>{t("field.day")}</th>
          <th>{t("breach.kindOf")}</th>
          <th>{t("field.resident")}</th>
          {!narrow && <th>{t("breach.why")}</th>}
          {!narrow && <th>{t("field.gate")}</th>}
          <th className={narrow ? "wide-only" : undefined}>{t("breach.gravityOf")}</th>
          {!narrow && <th>{t("breach.assigned")}</th>}
        </>
      }
      cells={(row) => (
        <>
          <td style={{ whiteSpace: "nowrap" }}>
            {formatDay(row.day, language)}{" "}
            {dayOf(row.last) === row.day && <span className="soft">{formatTime(row.last)}</span>}
          </td>
          <td className="tight">
            <strong>{t(`breachKind.${row.kind}`)}</strong>
            {row.attempts > 1 && (
              <span className="soft"> {t("breach.times", { count: row.attempts })}</span>
            )}
          </td>
          <td className="tight">
            {row.who || "–"}
            {row.people > 1 && (
              <span className="soft"> {t("breach.more", { count: row.people - 1 })}</span>
            )}
          </td>
          {!narrow && (
            <td className="clip" title={row.why}>
              {row.why}
            </td>
          )}
          {!narrow && <td className="tight">{row.gate}</td>}
          <td className={narrow ? "wide-only" : undefined}>
            <GravityTag row={row} />
          </td>
          {!narrow && <td className="tight">{row.assigned_name || "–"}</td>}
        </>
      )}
    />
  );
}
