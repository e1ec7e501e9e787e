// What a change would touch: past days, open work, and the last month decided once more.
import type { LawEffectRequest, LawReplay } from "../../api/bindings";
import { messageOf } from "../../api/errors";
import { Problem } from "../../components/kit";
import { Money } from "../../components/Money";
import { useWords } from "../../i18n";
import { formatDay } from "../../lib/dates";
import classes from "./Law.module.css";
import { useEffectOf } from "./use-law";

export function EffectPanel({ request }: { request: LawEffectRequest | null }) {
  const { t, language } = useWords();
  const effect = useEffectOf(request);
  if (request === null) {
    return null;
  }
  if (effect.isError) {
    return <Problem>{messageOf(effect.error)}</Problem>;
  }
  if (!effect.data) {
    return <p className="soft">{t("law.effectCounting")}</p>;
  }
  const { past_from, past_to, past_forms, today_forms, open_forms, open_touched, replay } =
    effect.data;
  return (
    <section className={classes.effect} aria-label={t("law.effect")} data-testid="law-effect">
      <p>
        {past_forms > 0 && past_from && past_to
          ? t("law.effectPast", {
              count: past_forms,
              from: formatDay(past_from, language),
              to: formatDay(past_to, language),
            })
          : t("law.effectNoPast")}{" "}
        {t("law.effectOpen", { open: open_forms, touched: open_touched, today: today_forms })}
      </p>
      {replay ? <Replayed replay={replay} /> : <p className="soft">{t("law.effectNoReplay")}</p>}
    </section>
  );
}

function Replayed({ replay }: { replay: LawReplay }) {
  const { t, language } = useWords();
  const day = (text: string | null) => (text ? formatDay(text, language) : "–");
  const sums = [
    [t("law.sumForms"), replay.old.forms, replay.new.forms],
    [
      t("field.exempt"),
      <Money key="old" vnd={replay.old.exempt_vnd} />,
      <Money key="new" vnd={replay.new.exempt_vnd} />,
    ],
    [
      t("field.excess"),
      <Money key="old" vnd={replay.old.excess_vnd} />,
      <Money key="new" vnd={replay.new.excess_vnd} />,
    ],
    [
      t("field.total"),
      <Money key="old" vnd={replay.old.due_vnd} />,
      <Money key="new" vnd={replay.new.due_vnd} testId="law-new-due" />,
    ],
  ] as const;
  return (
    <>
      <p data-testid="law-replay">
        {t("law.replay", {
          from: day(replay.from),
          to: day(replay.to),
          forms: replay.forms,
          affected: replay.affected_forms,
          persons: replay.affected_persons,
        })}{" "}
        {replay.refused > 0 && t("law.replayRefused", { count: replay.refused })}{" "}
        {replay.accepted > 0 && t("law.replayAccepted", { count: replay.accepted })}{" "}
        {replay.bounded && <strong>{t("law.replayBounded")}</strong>}
      </p>
      <table className="sheet">
        <thead>
          <tr>
            <th>{t("law.sum")}</th>
            <th className="number">{t("law.old")}</th>
            <th className="number">{t("law.new")}</th>
          </tr>
        </thead>
        <tbody>
          {sums.map(([label, old, next]) => (
            <tr key={label}>
              <td>{label}</td>
              <td className="number">{old}</td>
              <td className="number">{next}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {replay.first.length > 0 && (
        <table className="sheet">
          <thead>
            <tr>
              <th>{t("field.number")}</th>
              <th>{t("field.day")}</th>
              <th className="number">{t("law.oldDue")}</th>
              <th className="number">{t("law.newDue")}</th>
            </tr>
          </thead>
          <tbody>
            {replay.first.map((form) => (
              <tr key={form.id}>
                <td>{form.number || t("status.refused")}</td>
                <td>{formatDay(form.day, language)}</td>
                <td className="number">
                  {form.old_due_vnd === null ? (
                    t("status.refused")
                  ) : (
                    <Money vnd={form.old_due_vnd} />
                  )}
                </td>
                <td className="number">
                  {form.new_due_vnd === null ? (
                    t("status.refused")
                  ) : (
                    <Money vnd={form.new_due_vnd} />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
