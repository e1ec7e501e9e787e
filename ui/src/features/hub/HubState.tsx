// On the bar of every screen: how this workstation stands with the office's hub.
import type { HubView } from "../../api/bindings";
import { HUB_KEY } from "../../components/ScreenKeys";
import { useWords } from "../../i18n";
import { standingOf } from "../../lib/hub";
import { useHotkeys } from "../../lib/keyboard";
import classes from "./Hub.module.css";

/** Draws nothing where this workstation stands alone. */
export function HubState({ view, onOpen }: { view: HubView | undefined; onOpen: () => void }) {
  const { t } = useWords();
  const standing = standingOf(view);
  const joined = standing !== null;
  useHotkeys({ [HUB_KEY]: onOpen }, { active: joined });
  if (!joined) {
    return null;
  }
  const count = view?.unsent ?? 0;
  const spoken = t(`hub.spoken.${standing}`, { count });
  return (
    <>
      <button
        type="button"
        className={classes.state}
        data-standing={standing}
        data-testid="hub-state"
        aria-keyshortcuts={HUB_KEY}
        title={`${HUB_KEY} · ${spoken}`}
        onClick={onOpen}
      >
        <i className={classes.shape} data-standing={standing} aria-hidden />
        {t(`hub.short.${standing}`, { count })}
        {standing === "sent" && <span className={classes.spoken}>: {t("hub.allSent")}</span>}
      </button>
      {/* The same words as long as it is or is not reached: how much waits changes all the time. */}
      <span role="status" className={classes.spoken} data-testid="hub-change">
        {t(view?.reached ? "hub.change.reached" : "hub.change.away")}
      </span>
    </>
  );
}
