// Changes that wait for a second person: what they say, what they touch, yes or no.
import type { LawChangeView } from "../../api/bindings";
import { messageOf, violationsOf } from "../../api/errors";
import { Problem } from "../../components/kit";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import { EffectPanel } from "./EffectPanel";
import classes from "./Law.module.css";
import { Rows } from "./Rows";

export function WaitingPanel(props: {
  changes: LawChangeView[];
  chosen: string | null;
  onChoose: (id: string) => void;
  /** Whether its effect may be asked for. */
  keeps: boolean;
  error: unknown;
}) {
  const { t, language } = useWords();
  const day = (text: string | null) => (text ? formatDay(text, language) : "…");
  const change = props.changes.find(({ id }) => id === props.chosen);
  const violations = violationsOf(props.error);
  return (
    <div className={`${classes.column} ${classes.wide}`}>
      <section className={`panel ${classes.panel}`} aria-label={t("law.waiting")}>
        {props.changes.length === 0 && <p className="soft">{t("law.nothingWaits")}</p>}
        <Rows
          rows={props.changes}
          keyOf={({ id }) => id}
          chosen={props.chosen}
          onChoose={props.onChoose}
          testId="law-change"
          columns={[
            { label: t("law.rule"), cell: ({ titles }) => titles.join("; ") },
            { label: t("law.basis"), cell: ({ basis }) => basis },
            { label: t("law.entered"), cell: ({ by }) => by },
            {
              label: t("field.day"),
              cell: ({ at }) => `${formatTime(at)} ${formatDay(dayOf(at), language)}`,
            },
          ]}
        />
      </section>
      {props.error !== null && (
        <Problem testId="law-refusal">
          {violations.length === 0 && messageOf(props.error)}
          {violations.map((one) => (
            <ViolationNote key={`${one.code} ${one.field}`} violation={one} />
          ))}
        </Problem>
      )}
      {change && (
        <section className={`panel ${classes.panel}`} aria-label={t("law.says")}>
          {change.rows.map((row) => (
            <p key={row.key}>
              <strong>{row.summary}</strong> · {day(row.valid_from)} – {day(row.valid_to)} ·{" "}
              {row.basis}
            </p>
          ))}
          {change.ends.map((end) => (
            <p key={end}>
              {t("law.endsRow")}: {end}
            </p>
          ))}
          {change.reason && (
            <p>
              {t("law.reason")}: {change.reason}
            </p>
          )}
          {props.keeps && <EffectPanel request={{ id: change.id, proposal: null, table: null }} />}
        </section>
      )}
    </div>
  );
}
