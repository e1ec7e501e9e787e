// What the register says of a plate, and its ways out and back.
import type { CrossingView, VehicleFind } from "../../api/bindings";
import { TimeLeftText } from "../../components/TimeLeftText";
import { ViolationNote } from "../../components/ViolationNote";
import { useWords } from "../../i18n";
import { dayOf, formatDay, formatTime } from "../../lib/dates";
import classes from "./Vehicles.module.css";

/** A time with its day. */
export function useMoment() {
  const { language } = useWords();
  return (at: string) => `${formatTime(at)} ${formatDay(dayOf(at), language)}`;
}

export function VehicleCard({ found, now }: { found: VehicleFind; now: number }) {
  const { t, language } = useWords();
  const moment = useMoment();
  const { vehicle, away } = found;
  return (
    <section
      className={`panel ${classes.card}`}
      aria-label={t("vehicle.one")}
      data-testid="vehicle-card"
    >
      {found.plate !== "" && (
        <p className={classes.plate}>
          <strong data-testid="vehicle-found">{found.plate}</strong>
          {vehicle && <span>{t(`vehicleKind.${vehicle.kind}`)}</span>}
          {away ? (
            <span className="tag" data-tone={away.late ? "refuse" : "warm"}>
              {t("vehicle.outside")}
            </span>
          ) : (
            vehicle?.holds && (
              <span className="tag" data-tone="good">
                {t("vehicle.inside")}
              </span>
            )
          )}
        </p>
      )}
      {found.problems.map((one) => (
        <ViolationNote key={one.code} violation={one} />
      ))}
      {vehicle && (
        <dl className={classes.facts}>
          <dt>{t("vehicle.owner")}</dt>
          <dd>
            {vehicle.owner_name} · {vehicle.owner_paper}
          </dd>
          <dt>{t("vehicle.number")}</dt>
          <dd>{vehicle.number}</dd>
          <dt>{t("field.gate")}</dt>
          <dd>{vehicle.gate_name}</dd>
          <dt>{t("vehicle.holds")}</dt>
          <dd>
            {formatDay(vehicle.from, language)} – {formatDay(vehicle.to ?? "", language)}
          </dd>
          {away && (
            <>
              <dt>{t("vehicle.leftAt")}</dt>
              <dd>
                {moment(away.left.at)} · {away.gate_name}
              </dd>
              <dt>{t("vehicle.dueBack")}</dt>
              <dd>
                {away.due === null ? (
                  <span className="soft">{t("vehicle.noLimit")}</span>
                ) : (
                  <TimeLeftText deadline={away.due} overdue={away.late} now={now} />
                )}
              </dd>
            </>
          )}
        </dl>
      )}
    </section>
  );
}

/** The ways out and back of a plate, the newest first. */
export function History({ rows }: { rows: CrossingView[] }) {
  const { t } = useWords();
  const moment = useMoment();
  if (rows.length === 0) {
    return null;
  }
  return (
    <section className="panel" aria-label={t("vehicle.history")} data-testid="vehicle-history">
      <table className="sheet">
        <thead>
          <tr>
            <th>{t("vehicle.leftAt")}</th>
            <th>{t("vehicle.backAt")}</th>
            <th>{t("vehicle.note")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{moment(row.left.at)}</td>
              <td>{row.back ? moment(row.back.at) : "–"}</td>
              <td>
                {row.late && <span className={classes.late}>{t("vehicle.late")} </span>}
                {[
                  row.reason,
                  ...row.extended.map(({ hours, reason }) =>
                    t("vehicle.extendedBy", { hours, reason }),
                  ),
                  row.back_reason && `${row.back_gate}: ${row.back_reason}`,
                ]
                  .filter(Boolean)
                  .join("; ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
