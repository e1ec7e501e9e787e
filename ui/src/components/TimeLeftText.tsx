// The legal limit counting down. The limit is counted in working time by the server; what is
// shown beside it is the time on the clock until then.
import { useWords } from "../i18n";
import { dayOf, formatDay, formatTime } from "../lib/dates";
import { timeLeft } from "../lib/steps";
import classes from "./TimeLeftText.module.css";

const SOON_HOURS = 1;

export function TimeLeftText(props: {
  deadline: string | null;
  overdue: boolean;
  now: number;
  /** Without the time on the clock, which stands in the title. */
  short?: boolean;
}) {
  const { t, language } = useWords();
  const { deadline } = props;
  if (deadline === null) {
    return <span className="soft">{t("queue.noLimit")}</span>;
  }
  const left = timeLeft(deadline, props.now);
  const over = left.over || props.overdue;
  const { hours, minutes } = left;
  const span = hours > 0 ? t("queue.hours", { hours, minutes }) : t("queue.minutes", { minutes });
  const day = dayOf(deadline);
  const today = day === dayOf(new Date(props.now).toISOString());
  const end = today ? formatTime(deadline) : `${formatTime(deadline)} ${formatDay(day, language)}`;
  const tone = over ? "over" : hours < SOON_HOURS ? "soon" : "calm";
  return (
    <span className={classes.left} data-tone={tone} title={t("queue.until", { time: end })}>
      <strong>{over ? t("queue.over", { span }) : t("queue.left", { span })}</strong>
      {!props.short && <span className="soft"> {t("queue.until", { time: end })}</span>}
    </span>
  );
}
