// One rule: its time line, its rows with who entered and who approved, its history.
import type { LawRowView, LawRuleView } from "../../api/bindings";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import classes from "./Law.module.css";
import { Rows } from "./Rows";
import { TimeLine } from "./TimeLine";

/** The first day of rows that were entered without one. */
const ALWAYS = "1970-01-01";
const TONES = { past: undefined, current: "good", future: "brand", waiting: "warm" } as const;

export function RuleDetail(props: {
  rule: LawRuleView;
  chosen: string | null;
  onChoose: (key: string) => void;
  onOpen?: () => void;
}) {
  const { t, language } = useWords();
  const { rule } = props;
  const at = (time: string | null) =>
    time ? `${formatTime(time)} ${formatDay(dayOf(time), language)}` : "";
  const since = (day: string) => (day === ALWAYS ? "…" : formatDay(day, language));
  const days = (row: LawRowView) =>
    `${since(row.valid_from)} – ${row.valid_to ? formatDay(row.valid_to, language) : "…"}`;
  const row =
    rule.rows.find(({ key }) => key === props.chosen) ??
    rule.rows.find(({ phase }) => phase === "current");
  return (
    <>
      <section className={`panel ${classes.panel}`} aria-label={t("law.timeLine")}>
        <div className={classes.head}>
          <h2 data-testid="law-title">{rule.title}</h2>
        </div>
        <TimeLine
          rows={rule.rows}
          today={rule.today}
          chosen={row?.key ?? null}
          onChoose={props.onChoose}
        />
        {row && (
          <dl className={classes.values} data-testid="law-values">
            {row.values.map(({ name, label, shown }) => (
              <div key={name} style={{ display: "contents" }}>
                <dt>{label}</dt>
                <dd>{shown}</dd>
              </div>
            ))}
            <dt>{t("law.validity")}</dt>
            <dd>{days(row)}</dd>
            <dt>{t("law.basis")}</dt>
            <dd>{row.basis || "–"}</dd>
          </dl>
        )}
      </section>
      <section className={`panel ${classes.panel}`} aria-label={t("law.rows")}>
        <Rows
          rows={rule.rows.toReversed()}
          keyOf={({ key, phase }) => (phase === "waiting" ? `${key} ?` : key)}
          chosen={row?.key ?? null}
          onChoose={(key) => props.onChoose(key.replace(" ?", ""))}
          onOpen={props.onOpen}
          testId="law-row"
          columns={[
            {
              label: t("law.validity"),
              cell: (one) => (
                <span style={{ whiteSpace: "nowrap" }}>
                  {days(one)}
                  <br />
                  <span className="tag" data-tone={TONES[one.phase]}>
                    {t(`law.phase.${one.phase}`)}
                  </span>
                </span>
              ),
            },
            {
              label: t("law.says"),
              cell: ({ summary, basis }) => (
                <>
                  {summary}
                  <br />
                  <span className="soft">{basis || "–"}</span>
                </>
              ),
            },
            {
              label: t("law.entered"),
              cell: ({ by, at: when }) => (by ? `${by} · ${at(when)}` : t("law.withProgram")),
            },
            {
              label: t("law.approved"),
              cell: (one) =>
                one.approved_by ? `${one.approved_by} · ${at(one.approved_at)}` : "–",
            },
          ]}
        />
      </section>
      {rule.changes.length > 0 && (
        <section className={`panel ${classes.panel}`} aria-label={t("law.history")}>
          <h3 style={{ margin: 0 }}>{t("law.history")}</h3>
          {rule.changes.map((change) => (
            <p key={change.id} className={classes.small}>
              {at(change.at)} · <strong>{change.by}</strong> · {t(`law.state.${change.state}`)} ·{" "}
              {change.basis}
              {change.reason && ` · ${change.reason}`}
              {change.decided_by && ` · ${change.decided_by} ${at(change.decided_at)}`}
              {change.decided_why && ` · ${change.decided_why}`}
            </p>
          ))}
        </section>
      )}
    </>
  );
}
