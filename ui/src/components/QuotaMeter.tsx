// What is left of a person's duty-free quota, and the trips of the month.
import type { QuotaView } from "../api/bindings";
import { useWords } from "../i18n";
import { formatDecimal, isPositive, percentOf } from "../lib/decimal";
import { Money } from "./Money";
import classes from "./QuotaMeter.module.css";

/** `planned_vnd` is the part the form being typed would use. */
export function QuotaMeter({
  quota,
  planned_vnd = "0",
}: {
  quota: QuotaView;
  planned_vnd?: string;
}) {
  const { t, language } = useWords();
  const used = percentOf(quota.used_today_vnd, quota.limit_vnd);
  const planned = Math.min(percentOf(planned_vnd, quota.limit_vnd), 100 - used);
  const trips = Array.from({ length: quota.trips_limit }, (_, trip) => trip < quota.trips_used);
  return (
    <section className={classes.meter} title={quota.basis}>
      <div className={classes.head}>
        <div>
          <div className="soft">{t("quota.leftToday")}</div>
          <div className={classes.trips} data-full={quota.trips_used >= quota.trips_limit}>
            <span className="soft">{t("quota.trips")}</span>
            {trips.map((used_up, trip) => (
              <i key={trip} className={classes.trip} data-used={used_up} aria-hidden />
            ))}
            <strong>
              {quota.trips_used}/{quota.trips_limit}
            </strong>
          </div>
        </div>
        <strong className={classes.left} data-empty={!isPositive(quota.left_today_vnd)}>
          <Money vnd={quota.left_today_vnd} testId="quota-left" /> ₫
        </strong>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: the two parts cannot be drawn in <meter> */}
      <div
        className={classes.track}
        role="meter"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={used}
        aria-label={t("quota.title")}
      >
        <span className={classes.used} style={{ width: `${used}%` }} />
        <span className={classes.planned} style={{ width: `${planned}%` }} />
      </div>
      <div className={classes.foot}>
        <span className="soft">
          {t("quota.used", {
            used: formatDecimal(quota.used_today_vnd, language),
            limit: formatDecimal(quota.limit_vnd, language),
          })}
        </span>
        <span className={classes.plan}>
          {isPositive(planned_vnd) &&
            t("quota.planned", { planned: formatDecimal(planned_vnd, language) })}
        </span>
      </div>
    </section>
  );
}
