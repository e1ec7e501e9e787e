// On the bar of every screen: how this workstation stands with the office's hub.
import type { HubView } from "../../api/bindings";
import { HUB_KEY } from "../../components/ScreenKeys";
import { useWords } from "../../i18n";
import { standingOf } from "../../lib/hub";
import { useHotkeys } from "../../lib/keyboard";
import { useCounted } from "./figures";
import classes from "./Hub.module.css";

/** Draws nothing where this workstation stands alone. */
export function HubState({ view, onOpen }: { view: HubView | undefined; onOpen: () => void }) {
  const { t } = useWords();
  const counted = useCounted();
  const standing = standingOf(view);
  const joined = standing !== null;
  useHotkeys({ [HUB_KEY]: onOpen }, { active: joined });
  if (!joined) {
    return null;
  }
  const unsent = counted(view?.unsent ?? 0);
  const spoken = t(`hub.spoken.${standing}`, unsent);
  return (
    <>
      <button
        type="button"
        className={classes.state}
        data-standing={standing}
        data-testid="hub-state"
        aria-keyshortcuts={HUB_KEY}
        aria-label={standing === "sent" ? spoken : undefined}
        title={`${HUB_KEY} · ${spoken}`}
        onClick={onOpen}
      >
        <i className={classes.shape} data-standing={standing} aria-hidden />
        {t(`hub.short.${standing}`, unsent)}
      </button>
      {/* The same words as long as it is or is not reached: how much waits changes all the time. */}
      <span role="status" className={classes.spoken} data-testid="hub-change">
        {t(view?.reached ? "hub.change.reached" : "hub.change.away")}
      </span>
    </>
  );
}
