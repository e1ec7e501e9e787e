// How long ago something was, and how far a clock is off, in words.
import { useWords } from "../../i18n";
import { formatDecimal } from "../../lib/decimal";
import { agoOf, clockOf } from "../../lib/hub";
import classes from "./Hub.module.css";

/** A count for a text: `count` picks the plural, `n` is how the language writes it. */
export function useCounted() {
  const { language } = useWords();
  return (count: number) => ({ count, n: formatDecimal(String(count), language) });
}

/** A span in milliseconds, such as “3 minutes ago”. */
export function AgoText({ ms }: { ms: number }) {
  const { t } = useWords();
  const { unit, count } = agoOf(ms);
  return unit === "now" ? t("hub.justNow") : t(`hub.ago.${unit}`, { count });
}

/** The hub's clock less one's own, in milliseconds; what to do about it where it is far off. */
export function ClockText({ offset_ms, short }: { offset_ms: number; short?: boolean }) {
  const { t } = useWords();
  const { way, seconds, wrong } = clockOf(offset_ms);
  const text = way === "right" ? t("hub.clock.right") : t(`hub.clock.${way}`, { count: seconds });
  if (!wrong) {
    return text;
  }
  return (
    <span className={classes.wrong} data-wrong>
      <span aria-hidden>! </span>
      {text}
      {!short && `. ${t("hub.clock.wrong")}`}
    </span>
  );
}
